package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.feature.Problem;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How many streams one place may have open (decision note 0092). */
final class ConnectionLimiterTest {

    private static final int MOST = StreamConfig.DEFAULT.connectionsPerAddress();

    private final ConnectionLimiter admissions =
            new ConnectionLimiter(StreamConfig.DEFAULT, new RateLimiter(RateLimitConfig.DEFAULT));

    private void fill(String prefix) {
        for (var host = 1; host <= MOST; host++) {
            admissions.enter(new UUID(1, host), prefix + host);
        }
    }

    private Problem.Kind refusal(String address) {
        return catchThrowableOfType(Problem.class, () -> admissions.knock(address))
                .kind();
    }

    @Test
    void addressesOfOneIpv6NetworkAreOnePlace() {
        // When
        fill("2001:db8:0:1::");

        // Then
        assertThat(refusal("2001:db8:0:1:ffff::1")).isEqualTo(Problem.Kind.TOO_MANY);
        admissions.knock("2001:db8:0:2::1");
    }

    @Test
    void aPlaceThatIsGivenBackIsFreeForTheWholeNetwork() {
        // Given
        fill("2001:db8:0:1::");

        // When
        admissions.leave(new UUID(1, 1), "2001:db8:0:1::1");

        // Then
        admissions.knock("2001:db8:0:1::ffff");
        admissions.enter(new UUID(1, 1), "2001:db8:0:1::ffff");
        assertThat(refusal("2001:db8:0:1::1")).isEqualTo(Problem.Kind.TOO_MANY);
    }

    @Test
    void eachIpv4AddressIsAPlaceOfItsOwn() {
        // When
        fill("192.0.2.");

        // Then
        admissions.knock("192.0.2.1");
    }
}
