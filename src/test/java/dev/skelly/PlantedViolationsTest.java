package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A check that cannot fail checks nothing: each rule is shown a class that breaks it. */
class PlantedViolationsTest {

    private static final String ROOT = "dev.skelly.planted";
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(ROOT);

    private static final Map<String, List<String>> CAUGHT_BY_RULE = Map.ofEntries(
            Map.entry("events are plain Java", List.of("VertxEvent")),
            Map.entry("the event log imports only events", List.of("RelayingLog")),
            Map.entry("the contract imports only events, the event log and mail", List.of("HttpContract")),
            Map.entry("machinery knows no feature", List.of("FeatureRelay")),
            Map.entry("packages are free of cycles", List.of("StreamingHttp", "HttpStream")),
            Map.entry("features know no machinery", List.of("GardenRouter", "KitchenStream")),
            Map.entry("features meet only through events", List.of("KitchenGarden")),
            Map.entry("SQL of a feature lives in its tables and projections", List.of("GardenCommands")),
            Map.entry("names say what a class does", List.of("WorkManager")),
            Map.entry(
                    "parameter lists are short",
                    List.of("LongLists.<init>", "LongLists.nine", "LongLists$Services.<init>")),
            Map.entry("static fields are final", List.of("Counter.count")),
            Map.entry(
                    "nothing blocks",
                    List.of(
                            "Sleeper.nap()",
                            "Sleeper.napSeconds()",
                            "Sleeper.rest()",
                            "Sleeper.restUntil()",
                            "Sleeper.join(",
                            "Sleeper.await(")),
            Map.entry("time comes from a clock", List.of("Watch.hidden()", "Watch.millis()")));

    @Test
    void everyRuleHasAPlantedViolation() {
        assertThat(new Architecture(ROOT).rules().keySet()).isEqualTo(CAUGHT_BY_RULE.keySet());
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCatchesItsViolation() {
        return new Architecture(ROOT)
                .rules().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
                            var report = String.join(
                                    "\n",
                                    rule.getValue()
                                            .evaluate(PLANTED)
                                            .getFailureReport()
                                            .getDetails());
                            assertThat(report).contains(CAUGHT_BY_RULE.get(rule.getKey()));
                            assertThat(report).doesNotContain("Watch.given", "Garden.name", "LongLists$Row");
                        }));
    }
}
