package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.JavaScript;
import dev.skelly.testing.WholeNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code scripts/conformance}: a program that knows the wire contract alone finds every sentence of it kept. */
class ConformanceIT {

    /* Short times and low limits, so that the program need not wait for them. */
    private static final Map<String, String> QUICK =
            Map.of("stream.heartbeat", "1s", "stream.connections-per-user", "20", "presence.grace", "1s");

    @Test
    void everySentenceHolds() {
        try (var node = WholeNode.start(QUICK)) {
            var ended = JavaScript.run(
                    "conformance.mjs", node.url(), "--email", WholeNode.ADMIN, "--password", WholeNode.PASSWORD);

            assertThat(ended.output()).doesNotContain("FAILED").contains("sentences hold");
            assertThat(ended.code()).as(ended.output()).isZero();
        }
    }
}
