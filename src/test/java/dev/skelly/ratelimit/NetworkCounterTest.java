package dev.skelly.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much networks hold at the same time. */
class NetworkCounterTest {

    private static long entered(NetworkCounter counter, int times, String prefix, int clients) {
        return IntStream.range(0, times)
                .filter(n -> counter.enter(prefix + (1 + n % clients)))
                .count();
    }

    @Test
    void aClientHasItsShareAndItsNetworkSixteenTimesAsMuch() {
        var counter = new NetworkCounter(3, 1_000);

        assertThat(entered(counter, 10, "192.0.2.", 1)).isEqualTo(3);
        assertThat(entered(counter, 1_000, "192.0.2.", 200)).isEqualTo(45);
        assertThat(counter.enter("198.51.100.1")).isTrue();
    }

    @Test
    void noNetworkHasMoreThanHalfOfTheNode() {
        var counter = new NetworkCounter(10, 100);

        assertThat(entered(counter, 1_000, "192.0.2.", 200)).isEqualTo(50);
        assertThat(entered(counter, 1_000, "2001:db8:0:1::", 200)).isEqualTo(10);
    }

    @Test
    void theOperatorMayGiveOneAddressAll() {
        assertThat(entered(new NetworkCounter(100, 100), 1_000, "192.0.2.", 1)).isEqualTo(100);
    }

    @Test
    void whatIsLeftIsFreeAgainInEveryWidth() {
        // Given
        var counter = new NetworkCounter(1, 2);
        assertThat(counter.enter("192.0.2.1")).isTrue();
        assertThat(counter.enter("192.0.2.2")).isFalse();

        // When
        counter.leave("192.0.2.1");

        // Then
        assertThat(counter.enter("192.0.2.2")).isTrue();
        assertThat(counter.isFull("192.0.2.1")).isTrue();
    }
}
