package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.ChaosProxy;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connections to the broker are half open under load: they stay, and nothing comes through them in either direction, nor through new ones
 * (catalogue A-16).
 */
class BrokerSilentIT {

    private static final Pattern LOST = Pattern.compile("the connection to the broker is lost");
    private static final int LINKS = 2; // The relay's and the workers'.
    private static final Duration HEARTBEAT = Duration.ofSeconds(Torture.times(10, 1));
    private static final Duration SILENCE = Duration.ofSeconds(Torture.times(60, 3));

    private static final Duration LOOKING = Duration.ofMillis(500); // What it takes to see it in the log.

    private final Pace pace = Pace.now();

    @Test
    void heartbeatsTellAndTheWorkIsDoneLater(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (var stage = Stage.empty(folder, 1);
                var proxy = new ChaosProxy(stage.services().brokerPort())) {
            // Given
            var node = start(stage, proxy);
            stage.populate();
            stage.crowd().work(pace.changesPerSecond() / 2);
            Stage.forAWhile(pace.load().dividedBy(4));
            stage.crowd().answers().clear();

            // When
            var before = lost(node);
            var began = System.nanoTime();
            proxy.silence(true);
            await().pollInterval(Duration.ofMillis(10)).until(() -> lost(node) >= before + LINKS);
            var noticed = Duration.ofNanos(System.nanoTime() - began);
            var seen = stage.crowd()
                    .change(stage.crowd().people().get(0), -2)
                    .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            await().until(() -> stage.readers().get(0).saw(seen));
            Stage.forAWhile(SILENCE.minus(noticed).isNegative() ? Duration.ZERO : SILENCE.minus(noticed));
            proxy.silence(false);
            Stage.forAWhile(pace.load().dividedBy(4));
            var verdict = stage.settle();

            // Then
            stage.report("broker silent", "\"noticedMs\":" + noticed.toMillis(), verdict);
            assertThat(verdict.green()).as(verdict.toString()).isTrue();
            assertThat(stage.crowd().answers().keySet()).as("REST answers").allMatch(status -> status / 100 == 2);
            await().alias("nothing is in flight").until(() -> stage.meter(node.url(), "skelly_relay_in_flight") == 0);
            Torture.promise(
                    "silence of the broker is noticed",
                    noticed,
                    HEARTBEAT.multipliedBy(2).plus(LOOKING));
        }
    }

    private static Stage.Node start(Stage stage, ChaosProxy proxy) {
        var heartbeat = HEARTBEAT.toSeconds() + "s";
        return stage.startNode(
                0,
                List.of(
                        "--broker.url=amqp://127.0.0.1:" + proxy.port(),
                        "--broker.heartbeat=" + heartbeat,
                        "--broker.open-timeout=" + heartbeat));
    }

    private static long lost(Stage.Node node) {
        return LOST.matcher(node.process().output()).results().count();
    }
}
