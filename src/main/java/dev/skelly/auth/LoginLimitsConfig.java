package dev.skelly.auth;

import java.time.Duration;

/**
 * Limits on wrong passwords, under {@code sign-in}. Each node counts for itself, and attempts come back evenly over the period (decision
 * note 0081).
 *
 * @param hereFailures wrong passwords for one account from one network in {@code herePeriod}, before that network waits
 * @param herePeriod period of {@code hereFailures}
 * @param deviceFailures wrong passwords in {@code devicePeriod} from a browser with an earlier successful login to the account. Other
 *     callers do not count there
 * @param devicePeriod period of {@code deviceFailures}
 * @param placeFailures wrong passwords for any accounts from one network in {@code placePeriod}, before that network waits
 * @param placePeriod period of {@code placeFailures}
 * @param accountFailures wrong passwords for one account from all networks in {@code accountPeriod}. Beyond it, each network has only
 *     {@code attackedFailures}
 * @param accountPeriod period of {@code accountFailures}
 * @param attackedFailures wrong passwords from one network in {@code attackedPeriod} for an account that is attacked from everywhere
 * @param attackedPeriod period of {@code attackedFailures}
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

    /** Rejects limits below one attempt, and periods longer than a week. */
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
