package dev.skelly.features.accounts.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.auth.LoginLimitsConfig;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guessing is slow, and no guesser keeps somebody else out (E-13). */
class LoginGuardTest {

    private static final String ADA = "ada@example.org";
    private static final String HOME = "192.0.2.7";
    private static final SecretText LAPTOP = new SecretText("laptop");

    private final LoginGuard guard =
            new LoginGuard(new RateLimiter(RateLimitConfig.DEFAULT), LoginLimitsConfig.DEFAULT);

    private void wrong(String email, String address) {
        assertThat(guard.begin(email, address, Optional.empty())).isNotNull();
    }

    private Problem refused(String email, String address) {
        return catchThrowableOfType(Problem.class, () -> wrong(email, address));
    }

    /* From many places, each of them patient enough not to be slowed by itself. */
    private void attackFromEverywhere() {
        for (var n = 0; n < 200; n++) {
            wrong(ADA, "198.51." + n + ".7");
        }
    }

    @Test
    void oneAccountFromOnePlaceIsSlowedAfterAFew() {
        // Given
        for (var n = 0; n < 5; n++) {
            wrong(ADA, HOME);
        }

        // When
        var problem = refused(ADA, HOME);

        // Then
        assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_MANY);
        assertThat(problem.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(12));
    }

    @Test
    void theOperatorSaysHowManyAreTooMany() {
        // Given
        var shipped = LoginLimitsConfig.DEFAULT;
        var strict = new LoginGuard(
                new RateLimiter(RateLimitConfig.DEFAULT),
                new LoginLimitsConfig(
                        2,
                        Duration.ofHours(1),
                        shipped.deviceFailures(),
                        shipped.devicePeriod(),
                        shipped.placeFailures(),
                        shipped.placePeriod(),
                        shipped.accountFailures(),
                        shipped.accountPeriod(),
                        shipped.attackedFailures(),
                        shipped.attackedPeriod()));
        assertThat(strict.begin(ADA, HOME, Optional.empty())).isNotNull();
        assertThat(strict.begin(ADA, HOME, Optional.empty())).isNotNull();

        // When
        var problem = catchThrowableOfType(Problem.class, () -> strict.begin(ADA, HOME, Optional.empty()));

        // Then
        assertThat(problem.retryAfter()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
    }

    @Test
    void aRightPasswordCountsForNothing() {
        for (var n = 0; n < 200; n++) {
            guard.begin(ADA, HOME, Optional.empty()).right();
        }
    }

    @Test
    void whoIsAttackedFromEverywhereStillGetsInFromAnywhere() {
        // Given
        attackFromEverywhere();

        // When
        guard.begin(ADA, HOME, Optional.empty()).right();
        guard.begin(ADA, HOME, Optional.empty()).right();

        // Then: a guess at the same place is the only one for some time
        wrong(ADA, HOME);
        assertThat(refused(ADA, HOME).retryAfter()).isGreaterThan(Duration.ofMinutes(4));
    }

    @Test
    void underAttackAPlaceHasOneTryInsteadOfFive() {
        // Given
        attackFromEverywhere();

        // Then
        wrong(ADA, "203.0.113.9");
        assertThat(refused(ADA, "203.0.113.9").kind()).isEqualTo(Problem.Kind.TOO_MANY);
        wrong("grace@example.org", "203.0.113.9");
    }

    @Test
    void aKnownBrowserIsNotSlowedByAnybodyElse() {
        // Given
        attackFromEverywhere();
        for (var n = 0; n < 5; n++) {
            wrong("somebody" + n + "@example.org", HOME);
        }
        wrong(ADA, HOME);

        // When
        for (var n = 0; n < 10; n++) {
            assertThat(guard.begin(ADA, HOME, Optional.of(LAPTOP))).isNotNull();
        }

        // Then
        assertThatThrownBy(() -> guard.begin(ADA, HOME, Optional.of(LAPTOP))).isInstanceOf(Problem.class);
    }

    @Test
    void whoTriesOnePasswordOnManyAccountsIsSlowedByTheirPlace() {
        // Given
        for (var n = 0; n < 100; n++) {
            wrong("somebody" + n + "@example.org", "2001:db8:1:2::" + Integer.toHexString(n + 1));
        }

        // Then: another address of the same network is the same place
        assertThat(refused("one-more@example.org", "2001:db8:1:2:ffff::1").kind())
                .isEqualTo(Problem.Kind.TOO_MANY);
        wrong("one-more@example.org", "2001:db8:1:3::1");
    }
}
