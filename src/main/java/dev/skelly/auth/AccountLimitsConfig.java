package dev.skelly.auth;

import java.time.Duration;

/**
 * Limits on what anyone may do with accounts, under {@code auth}. A network is an IPv4 address or an IPv6 /64 on each node; the networks around it
 * have more: 16 times as much for an IPv4 /24 or an IPv6 /48, 4 times for a /56. Attempts come back evenly over the period.
 *
 * @param registrations registrations of one network in {@code registrationsPeriod}
 * @param registrationsPeriod period of {@code registrations}
 * @param logins logins of one network in {@code loginsPeriod}, with a right or a wrong password
 * @param loginsPeriod period of {@code logins}
 * @param mailsPerMailbox mails about accounts to one mailbox in an hour, whichever accounts they are about. Addresses that differ only in dots and
 *     {@code +tag} before the {@code @} count as one mailbox. Further mails are not sent
 * @param deviceMails new devices of a person in a day of which a mail tells the verified address; 0 for none
 * @param unverifiedLife age at which an account is erased if its address was never verified; 0 for never. Accounts that the operator created,
 *     that were registered without {@code mail.smtp-url}, that are disabled or have further roles stay
 */
public record AccountLimitsConfig(
        int registrations,
        Duration registrationsPeriod,
        int logins,
        Duration loginsPeriod,
        int mailsPerMailbox,
        int deviceMails,
        Duration unverifiedLife) {

    private static final int MOST = 1_000_000;
    private static final int DEVICES_MAX = 100;
    private static final Duration PERIOD_MAX = Duration.ofDays(7);
    private static final Duration LIFE_MIN = Duration.ofHours(1);
    private static final Duration LIFE_MAX = Duration.ofDays(366);

    /** The default settings. */
    public static final AccountLimitsConfig DEFAULT =
            new AccountLimitsConfig(30, Duration.ofMinutes(10), 100, Duration.ofMinutes(1), 10, 5, Duration.ofDays(7));

    /** Rejects limits below one, and periods out of bounds. */
    public AccountLimitsConfig {
        atLeastOne("auth.registrations", registrations);
        period("auth.registrations-period", registrationsPeriod);
        atLeastOne("auth.logins", logins);
        period("auth.logins-period", loginsPeriod);
        atLeastOne("auth.mails-per-mailbox", mailsPerMailbox);
        if (deviceMails < 0 || deviceMails > DEVICES_MAX) {
            throw new IllegalArgumentException(
                    "auth.device-mails: " + deviceMails + " (expected: 0 to " + DEVICES_MAX + ")");
        }
        if (!unverifiedLife.isZero()) {
            between("auth.unverified-life", unverifiedLife, LIFE_MIN, LIFE_MAX);
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: 1 to " + MOST + ")");
        }
    }

    private static void period(String key, Duration value) {
        between(key, value, Duration.ofSeconds(1), PERIOD_MAX);
    }

    private static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
