package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** The metrics of streams tell the transports apart. */
class StreamMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StreamMetrics streams = new StreamMetrics(meters);

    private double behind(String transport) {
        return meters.get("skelly.stream.behind")
                .tag("transport", transport)
                .gauge()
                .value();
    }

    @Test
    void countsThoseThatAreBehindByTransport() {
        streams.behind("sse", 1);
        streams.behind("websocket", 1);
        streams.behind("websocket", 1);
        streams.behind("sse", -1);

        assertThat(behind("sse")).isZero();
        assertThat(behind("websocket")).isEqualTo(2);
        assertThat(behind("poll")).isZero();
    }

    @Test
    void countsGapsByTransportAndReason() {
        streams.gap("sse", GapReason.TOO_FAR);
        streams.gap("poll", GapReason.OTHER_LOG);
        streams.gap("poll", GapReason.OTHER_LOG);

        var gaps = meters.get("skelly.stream.gaps");
        assertThat(gaps.tags("transport", "poll", "reason", "other-log")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("skelly.stream.gaps")
                        .tags("transport", "sse", "reason", "too-far")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
