package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import dev.skelly.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The JSON-Schema-Test-Suite for 2020-12, where its folder is beside this repository. What is not passed stands with its reason in the
 * reference, from which this test reads it.
 */
class JsonSchemaTestSuiteTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final Path SUITE = Path.of("../shared/data/json-schema-test-suite");
    private static final Path PAGE = Path.of("src/docs/reference.md");
    private static final Pattern ROW = Pattern.compile("\\| `([\\w./-]+\\.json)`: (.+?) \\| (.+) \\|");

    /* A row names a file and a part of the description of its cases. */
    private record NotPassed(String file, String part) {

        boolean matches(String name) {
            return name.startsWith(file + ": ") && name.contains(part);
        }
    }

    private record Outcome(String name, boolean passed) {}

    private static List<NotPassed> listed() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new NotPassed(row.group(1), row.group(2)))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> eachFileIsPassedExceptForWhatThePageLists() throws IOException {
        if (!Files.isDirectory(SUITE)) {
            return Stream.of(DynamicTest.dynamicTest(
                    "the suite is not there", () -> assumeTrue(false, "there is no folder " + SUITE)));
        }
        var exceptions = listed();
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(SUITE.relativize(file).toString(), () -> judge(file, exceptions)));
    }

    private static void judge(Path file, List<NotPassed> exceptions) throws IOException {
        var outcomes = outcomes(file);
        assertThat(outcomes).isNotEmpty();
        assertThat(outcomes.stream()
                        .filter(outcome -> !outcome.passed())
                        .filter(outcome -> exceptions.stream().noneMatch(one -> one.matches(outcome.name())))
                        .map(Outcome::name))
                .as("not passed")
                .isEmpty();
        assertThat(outcomes.stream()
                        .filter(Outcome::passed)
                        .filter(outcome -> exceptions.stream().anyMatch(one -> one.matches(outcome.name())))
                        .map(Outcome::name))
                .as("listed, but passed")
                .isEmpty();
    }

    @Test
    void eachRowOfThePageIsAboutSomeCase() throws IOException {
        assumeTrue(Files.isDirectory(SUITE), "there is no folder " + SUITE);
        var names = new ArrayList<String>();
        for (var file : files()) {
            outcomes(file).forEach(outcome -> names.add(outcome.name()));
        }
        assertThat(listed()).isNotEmpty().allMatch(one -> names.stream().anyMatch(one::matches));
    }

    private static Set<Path> files() throws IOException {
        try (var files = Files.walk(SUITE)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<Outcome> outcomes(Path file) throws IOException {
        var outcomes = new ArrayList<Outcome>();
        for (var group : JSON.readTree(Files.readString(file))) {
            for (var test : group.path("tests")) {
                var name = SUITE.relativize(file) + ": "
                        + group.path("description").asText() + " / "
                        + test.path("description").asText();
                outcomes.add(new Outcome(name, passes(group.path("schema"), test)));
            }
        }
        return outcomes;
    }

    private static boolean passes(JsonNode schema, JsonNode test) {
        Schema compiled;
        try {
            compiled = SchemaLibrary.compile(schema);
        } catch (IllegalArgumentException refused) {
            return false;
        }
        var run = new ValidationRun(ValidationBudget.ofRequest(), 100);
        compiled.validate(run, test.path("data"));
        return run.found().isEmpty() == test.path("valid").booleanValue();
    }
}
