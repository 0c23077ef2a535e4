package dev.skelly.features.system;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One event for the cluster and interval, none while nothing happens, and every change of health once. */
final class SystemEventsIT {

    private static final MeasureSystem MEASURE = new MeasureSystem(30_000, true, true);

    private final FeatureFixture house = new FeatureFixture(
            TestDatabase.fresh("work", "system"),
            Clock.systemUTC(),
            new SystemFeature(SystemConfig.DEFAULT, () -> Future.succeededFuture(Map.of()), List::of));

    @AfterEach
    void close() {
        house.close();
    }

    private void send(Command<Void> command) {
        await(house.send(command, CommandContext.fresh(new UUID(1, 1))));
        house.execute("update event set position = seq where position is null");
    }

    private static ReportNode report(String node, int streams, SystemEvent.HealthChanged... changes) {
        var figures = new SystemEvent.NodeFigures(node, 2.5, streams, 1, node.equals("a") ? 7L : null);
        return new ReportNode(figures, List.of(changes), List.of(), 0);
    }

    private List<String> events(String type) {
        return house.texts("select data::text || channels::text from event where type = '" + type + "' order by seq");
    }

    @Test
    void addsUpTheNewestReportsOfAllNodes() {
        // Given
        send(report("a", 3));
        send(report("b", 4));
        send(report("b", 5));
        house.execute("insert into dead_letter (id, worker, event, type, subject, state, attempts, first_at, last_at)"
                + " values (gen_random_uuid(), 'w', gen_random_uuid(), 't', 's', 'open', '[]', now(), now())");

        // When
        send(MEASURE);

        // Then
        assertThat(events("system.metrics")).hasSize(1);
        assertThat(events("system.metrics").get(0))
                .contains(
                        "\"streams\": 8", "\"deliveredPerSecond\": 5.0", "\"relayLagMillis\": 7", "\"deadLetters\": 1")
                .endsWith("{role:admin}");
    }

    @Test
    void isSilentWhileNothingHappens() {
        // Given
        send(report("a", 3));
        send(MEASURE);

        // When
        for (var round = 0; round < 5; round++) {
            send(report("a", 3));
            send(MEASURE);
        }

        // Then
        assertThat(events("system.metrics")).hasSize(1);

        // When
        send(report("a", 4));
        send(MEASURE);
        send(new ReportNode(
                new SystemEvent.NodeFigures("a", 0, 4, 0, null),
                List.of(),
                List.of(new SystemEvent.LoggedError("dev.skelly.Lamp", null, null, 3, Instant.EPOCH)),
                2));
        send(MEASURE);
        send(MEASURE);

        // Then
        assertThat(events("system.metrics")).hasSize(3);
        assertThat(events("system.error")).hasSize(1);
        assertThat(events("system.error").get(0)).contains("dev.skelly.Lamp", "\"count\": 3", "\"others\": 2");
    }

    @Test
    void aNodeThatEndsWithoutAWordIsReportedOnceAndOneThatStopsInOrderIsNot() {
        // Given
        send(report("a", 1));
        send(report("b", 1));
        send(new ForgetNode("a"));
        house.execute("update system_node set seen_at = seen_at - interval '31 seconds'");

        // When
        send(MEASURE);
        send(MEASURE);

        // Then
        assertThat(events("system.health-changed")).hasSize(1);
        assertThat(events("system.health-changed").get(0))
                .contains("\"node\": \"b\"", "\"part\": \"node\"", "\"up\": false")
                .endsWith("{role:admin}");
    }

    @Test
    void changesArriveInTheOrderInWhichTheNodeNoticedThem() {
        var down = new SystemEvent.HealthChanged("a", "database", false, Instant.EPOCH);
        var up = new SystemEvent.HealthChanged("a", "database", true, Instant.EPOCH.plusSeconds(9));

        send(report("a", 1, down, up));

        assertThat(house.texts("select data ->> 'up' from event order by seq")).containsExactly("false", "true");
    }
}
