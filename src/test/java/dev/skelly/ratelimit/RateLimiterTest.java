package dev.skelly.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.RateLimit;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls are counted by key, in a bounded memory. */
final class RateLimiterTest {

    private static final RateLimit LIMIT = new RateLimit("login", 3, Duration.ofMinutes(1), request -> "");

    @Test
    void allowsTheBurstAndThenSaysWhen() {
        // Given
        var limits = new RateLimiter(RateLimitConfig.DEFAULT);
        var burst =
                IntStream.range(0, 3).allMatch(call -> limits.take(LIMIT, "ada").allowed());

        // When
        var fourth = limits.take(LIMIT, "ada");

        // Then
        assertThat(burst).isTrue();
        assertThat(fourth.allowed()).isFalse();
        assertThat(fourth.reset()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
        assertThat(limits.take(LIMIT, "grace").allowed()).isTrue();
    }

    @Test
    void forgetsTheLongestUnusedKeyBeyondItsBound() {
        // Given
        var limits = new RateLimiter(new RateLimitConfig(true, 20, 40, 1));
        for (var count = 0; count < 4; count++) {
            assertThat(limits.take(LIMIT, "ada").allowed()).isEqualTo(count < 3);
        }

        // When
        var other = limits.take(LIMIT, "grace");

        // Then
        assertThat(other.allowed()).isTrue();
        assertThat(limits.take(LIMIT, "ada").allowed()).isTrue();
    }

    @Test
    void allowsEverythingWhenSwitchedOff() {
        // Given
        var limits = new RateLimiter(new RateLimitConfig(false, 20, 40, 10));

        // When
        var allowed = true;
        for (var count = 0; count < 100; count++) {
            allowed &= limits.take(LIMIT, "ada").allowed();
        }

        // Then
        assertThat(allowed).isTrue();
    }

    @Test
    void takesFromAllNetworksOfAnAddressOrFromNone() {
        // Given: a /24 whose sixteen shares are used by sixteen clients
        var limits = new RateLimiter(RateLimitConfig.DEFAULT);
        for (var n = 0; n < 3 * 16; n++) {
            assertThat(limits.take(RateLimiter.ofNetworks(LIMIT, "", "192.0.2." + n % 16, 1))
                            .allowed())
                    .isTrue();
        }
        var client = RateLimiter.ofNetworks(LIMIT, "", "192.0.2.99", 1);

        // When
        var refused = limits.take(client);

        // Then: the client's own bucket is still full
        assertThat(refused.allowed()).isFalse();
        assertThat(limits.look(client).allowed()).isFalse();
        assertThat(limits.take(client.subList(1, 2)).remaining()).isEqualTo(2);
        assertThat(limits.take(RateLimiter.ofNetworks(LIMIT, "", "192.0.3.99", 1))
                        .allowed())
                .isTrue();
    }

    @Test
    void aNetworkThatChangesItsAddressesPushesNoOtherOut() {
        // Given: space for a hundred keys
        var limits = new RateLimiter(new RateLimitConfig(true, 20, 40, 100));
        for (var call = 0; call < 3; call++) {
            assertThat(limits.take(LIMIT, "ada").allowed()).isTrue();
        }

        // When
        for (var n = 0; n < 10_000; n++) {
            var address = "2001:db8:0:" + Integer.toHexString(n) + "::1";
            assertThat(limits.take(RateLimiter.ofNetworks(LIMIT, "", address, 1)))
                    .isNotNull();
        }

        // Then
        assertThat(limits.take(LIMIT, "ada").allowed()).isFalse();
    }

    @Test
    void givesBackToAllNetworks() {
        // Given
        var limits = new RateLimiter(RateLimitConfig.DEFAULT);
        var client = RateLimiter.ofNetworks(LIMIT, "login", "2001:db8::1", 3);
        assertThat(limits.take(client).allowed()).isTrue();
        assertThat(limits.look(client).allowed()).isFalse();

        // When
        limits.giveBack(client);

        // Then
        assertThat(limits.look(client).allowed()).isTrue();
        assertThat(client).hasSize(3);
    }
}
