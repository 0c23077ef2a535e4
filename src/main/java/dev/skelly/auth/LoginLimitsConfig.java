package dev.skelly.auth;

import java.time.Duration;

/**
 * How many wrong passwords are too many, under {@code sign-in}; each node counts for itself, and what was counted comes back evenly over
 * its period (decision note 0081).
 *
 * @param hereFailures wrong passwords for one account from one network in {@code herePeriod}
 * @param herePeriod see there
 * @param deviceFailures the same in a browser in which a password of the account was right before; counted apart from everybody else's
 * @param devicePeriod see there
 * @param placeFailures wrong passwords for whichever accounts from one network in {@code placePeriod}
 * @param placePeriod see there
 * @param accountFailures wrong passwords for one account from wherever in {@code accountPeriod}; beyond it each network is held to the next
 *     two
 * @param accountPeriod see there
 * @param attackedFailures wrong passwords from one network in {@code attackedPeriod} for an account that is guessed at from everywhere
 * @param attackedPeriod see there
 */
public record LoginLimitsConfig(
        int hereFailures,
        Duration herePeriod,
        int deviceFailures,
        Duration devicePeriod,
        int placeFailures,
        Duration placePeriod,
        int accountFailures,
        Duration accountPeriod,
        int attackedFailures,
        Duration attackedPeriod) {

    private static final int FAILURES_MAX = 1_000_000;
    private static final Duration PERIOD_MAX = Duration.ofDays(7);

    /** The default settings. */
    public static final LoginLimitsConfig DEFAULT = new LoginLimitsConfig(
            5,
            Duration.ofMinutes(1),
            10,
            Duration.ofMinutes(1),
            100,
            Duration.ofMinutes(10),
            30,
            Duration.ofHours(1),
            1,
            Duration.ofMinutes(5));

    /** Rejects limits that allow no attempt, and periods longer than a week. */
    public LoginLimitsConfig {
        failures("sign-in.here-failures", hereFailures);
        failures("sign-in.device-failures", deviceFailures);
        failures("sign-in.place-failures", placeFailures);
        failures("sign-in.account-failures", accountFailures);
        failures("sign-in.attacked-failures", attackedFailures);
        period("sign-in.here-period", herePeriod);
        period("sign-in.device-period", devicePeriod);
        period("sign-in.place-period", placePeriod);
        period("sign-in.account-period", accountPeriod);
        period("sign-in.attacked-period", attackedPeriod);
    }

    private static void failures(String key, int value) {
        if (value < 1 || value > FAILURES_MAX) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: 1 to " + FAILURES_MAX + ")");
        }
    }

    private static void period(String key, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(PERIOD_MAX) > 0) {
            throw new IllegalArgumentException(
                    key + ": " + value + " (expected: " + Duration.ofSeconds(1) + " to " + PERIOD_MAX + ")");
        }
    }
}
