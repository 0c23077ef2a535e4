package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.feature.Problem;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many streams one place may have open (decision note 0092). */
final class ConnectionLimiterTest {

    private static final int MOST = StreamConfig.DEFAULT.connectionsPerAddress();

    private final AtomicReference<StreamConfig> config = new AtomicReference<>(StreamConfig.DEFAULT);
    private final ConnectionLimiter admissions =
            new ConnectionLimiter(config::get, new RateLimiter(RateLimitConfig.DEFAULT));

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

    private long knocks(int times, String prefix, int clients) {
        return IntStream.range(0, times)
                .filter(n ->
                        catchThrowableOfType(Problem.class, () -> admissions.knock(prefix + (1 + n % clients))) == null)
                .count();
    }

    @Test
    void oneAddressDoesNotUseUpTheConnectsOfTheNode() {
        // When
        var fromOne = knocks(1_000, "192.0.2.", 1);

        // Then
        assertThat(fromOne).isBetween(100L, 200L); // More than the burst only if the second is over.
        assertThat(knocks(10, "198.51.100.", 10)).isEqualTo(10);
    }

    @Test
    void oneNetworkDoesNotUseUpTheConnectsOfTheNodeEither() {
        // When
        var fromAll = knocks(5_000, "192.0.2.", 200);

        // Then
        assertThat(fromAll).isBetween(1_000L, 1_900L);
        assertThat(knocks(5, "198.51.100.", 5)).isEqualTo(5);
    }

    @Test
    void anAttemptThatFailsCostsItsNetworkAloneAPermit() {
        // When
        for (var n = 0; n < 1_000; n++) {
            admissions.knock("198.51." + n % 250 + "." + n % 200);
            admissions.giveBack();
        }

        // Then
        assertThat(knocks(1_000, "192.0.2.", 1)).isBetween(100L, 200L);
    }

    private void change(int perUser, int perAddress, int perNode, int perSecond) {
        var was = StreamConfig.DEFAULT;
        config.set(new StreamConfig(
                was.heartbeat(),
                was.maxAge(),
                perUser,
                perAddress,
                perNode,
                perSecond,
                perSecond,
                was.messagesPerSecond(),
                was.behindEventsMax(),
                was.slowMax(),
                was.ringEventsMax(),
                was.ringBytesMax(),
                was.healInterval(),
                was.anonymous()));
    }

    @Test
    void limitsThatChangeHoldForWhatComesNext() {
        // Given
        admissions.enter(new UUID(1, 1), "192.0.2.1");
        admissions.enter(new UUID(1, 1), "192.0.2.1");

        // When
        change(2, 1_000, 10_000, 2_000);

        // Then
        assertThat(catchThrowableOfType(Problem.class, () -> admissions.enter(new UUID(1, 1), "192.0.2.1"))
                        .kind())
                .isEqualTo(Problem.Kind.TOO_MANY);

        // When
        change(100, 2, 10_000, 2_000);

        // Then
        assertThat(refusal("192.0.2.1")).isEqualTo(Problem.Kind.TOO_MANY);
        admissions.knock("198.51.100.1");

        // When
        change(100, 1_000, 2, 2_000);

        // Then
        assertThat(refusal("198.51.100.1")).isEqualTo(Problem.Kind.UNAVAILABLE);

        // When
        change(100, 1_000, 10_000, 5);

        // Then
        assertThat(knocks(1_000, "203.0.113.", 1)).isBetween(5L, 20L);
    }
}
