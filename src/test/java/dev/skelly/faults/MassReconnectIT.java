package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node with a crowd of streams is killed, and all of them come to the other one, within its limits (catalogue A-21). */
class MassReconnectIT {

    private static final int STREAMS = Torture.times(2_000, 200);
    private static final int PEOPLE = 20;
    private static final int EVENTS = 50; // Public ones that each stream misses, besides its person's.
    private static final Duration JITTER = Duration.ofSeconds(3); // The retry time that streams tell browsers.
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    /* The limits that a node has by default; the one that is killed has none, so that they are all there soon. */
    private static final List<String> LIMITED = List.of(
            "--ratelimit.enabled=true",
            "--http.connections-per-address=1000",
            "--stream.connections-per-user=100",
            "--stream.connections-per-address=1000",
            "--stream.connections-per-node=10000",
            "--stream.connects-per-second=2000",
            "--stream.connects-per-address=100");

    private static final int POOL = 10;

    /* What streams read, they read through the pool of commands and queries; the killed node's sessions end with it. */
    private static final String OF_THE_POOL = "select count(*) from pg_stat_activity where application_name = 'skelly'";

    @Test
    void allComeBackWithoutAStampede(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var seed = Torture.seed("mass reconnect");
        try (var crowd = CrowdStage.set(folder, PEOPLE, seed, List.of(List.of(), LIMITED))) {
            // Given
            var stage = crowd.stage();
            var killed = stage.nodes().get(0);
            var other = stage.nodes().get(1);
            crowd.streams().nodes(List.of(killed.url()));
            crowd.open(STREAMS);
            crowd.streams().jitter(JITTER);

            // When
            crowd.streams().nodes(List.of(other.url()));
            stage.kill(killed);
            var most = new AtomicInteger();
            try (var database = stage.services().connect()) {
                crowd.emitted(crowd.people().get(0), CrowdStage.PUBLIC, EVENTS);
                for (var person : crowd.people()) {
                    crowd.emitted(person, CrowdStage.OWN, 1);
                }
                await().alias("every stream came back")
                        .until(() -> look(database, most) > 0
                                && crowd.streams().arrivals().absences().size() == STREAMS);
            }
            var told = crowd.streams().arrivals().told();
            var absences = Percentiles.of(crowd.streams().arrivals().absences());
            var verdict = crowd.settle();

            // Then
            System.out.println("{\"test\":\"mass reconnect\",\"absence\":" + absences + ",\"connectionsMax\":"
                    + most.get() + ",\"told\":\"" + told + "\",\"check\":" + verdict.line() + "}");
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            assertThat(most.get()).isBetween(1, POOL);
            assertThat(told.keySet()).as("answers").allMatch(what -> what.matches("200|(429|503): .*"));
            Torture.promise("99 % of the streams are back", absences.at(0.99), BACK_WITHIN);
        }
    }

    private static int look(Connection database, AtomicInteger most) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(OF_THE_POOL)) {
            rows.next();
            return most.accumulateAndGet(rows.getInt(1), Math::max);
        }
    }
}
