package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Torture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * All connections of a node are cut at once, and all readers come back at once with cursors of events that the node still holds in memory:
 * each gets what it missed, and none of them makes the node read the log.
 */
class RingReconnectIT {

    private static final int STREAMS = Torture.times(10_000, 500);
    private static final int PEOPLE = 20;
    private static final int EVENTS = 50;
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(5);

    @Test
    void allAreLiveAgainAndTheLogIsNotRead(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        var seed = Torture.seed("ring reconnect");
        try (var crowd = CrowdStage.set(folder, PEOPLE, seed, List.of(List.of()))) {
            // Given
            var streams = crowd.streams();
            var node = crowd.stage().awaitLeader().url();
            streams.nodes(List.of(node));
            crowd.open(STREAMS);
            streams.comingBack(false);
            streams.cut(streams.all());
            await().until(() -> crowd.stage().meter(node, "skelly_stream_connections") == 0);
            crowd.emitted(crowd.people().get(0), CrowdStage.PUBLIC, EVENTS);
            for (var person : crowd.people()) {
                crowd.emitted(person, CrowdStage.OWN, 1);
            }
            var readsBefore = reads(crowd);

            // When
            var began = System.nanoTime();
            streams.comingBack(true);
            streams.arrivals().forget();
            streams.connectAll();
            crowd.awaitLive(Duration.ofMinutes(2));
            var took = Duration.ofNanos(System.nanoTime() - began);

            // Then
            var told = streams.arrivals().told();
            var readsAfter = reads(crowd);
            var verdict = crowd.settle();
            System.out.println("{\"test\":\"ring reconnect\",\"streams\":" + STREAMS + ",\"tookMs\":" + took.toMillis()
                    + ",\"logReads\":" + (readsAfter - readsBefore) + ",\"told\":\"" + told + "\",\"check\":"
                    + verdict.line() + "}");
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            assertThat(verdict.figures().get("received")).isEqualTo((long) STREAMS * (EVENTS + 2));
            assertThat(told.keySet()).as("answers").allMatch(what -> what.matches("200|503: .*"));
            assertThat(readsAfter).isEqualTo(readsBefore);
            Torture.promise(STREAMS + " streams are live again", took, LIVE_WITHIN);
        }
    }

    private static double reads(CrowdStage crowd) throws Exception {
        var node = crowd.stage().nodes().get(0).url();
        return crowd.stage().meter(node, "skelly_stream_log_reads")
                + crowd.stage().meter(node, "skelly_stream_heals");
    }
}
