package dev.skelly.auth;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Settings of registration and sign-ins, under {@code auth}.
 *
 * @param registration whether people may register by themselves
 * @param adminEmails addresses whose owner becomes an administrator by setting the password with a mailed link; proving the address
 *     brings that link
 * @param sessionIdle a sign-in that is not refreshed for so long ends
 * @param sessionLife a sign-in ends after so long, however often it is refreshed
 * @param refreshGrace a refresh token that was just used gets the same answer again for so long, because answers get lost
 * @param verificationLife how long the link in the welcome mail works
 * @param resetLife how long a link that sets a new password works
 * @param emailChangeLife how long a link that proves another address works
 * @param firstAdministratorLife how long the link works that a start prints while there is no administrator
 * @param freshSignIn for so long after signing in a person may erase the account without typing the password again
 */
public record AuthConfig(
        Registration registration,
        List<String> adminEmails,
        Duration sessionIdle,
        Duration sessionLife,
        Duration refreshGrace,
        Duration verificationLife,
        Duration resetLife,
        Duration emailChangeLife,
        Duration firstAdministratorLife,
        Duration freshSignIn) {

    /** Who may register. */
    public enum Registration {
        /** Anyone. */
        OPEN,
        /** Anyone, but the response does not reveal whether the address has an account; a mail describes the next step. */
        PRIVATE,
        /** Nobody; the operator creates accounts. */
        CLOSED
    }

    /** The default settings. */
    public static final AuthConfig DEFAULT = new AuthConfig(
            Registration.OPEN,
            List.of(),
            Duration.ofDays(14),
            Duration.ofDays(30),
            Duration.ofSeconds(10),
            Duration.ofDays(3),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(1),
            Duration.ofMinutes(5));

    /** Rejects invalid times. Converts addresses to lower case. */
    public AuthConfig {
        adminEmails = adminEmails.stream()
                .map(address -> address.strip().toLowerCase(Locale.ROOT))
                .toList();
        adminEmails.forEach(AuthConfig::checkAddress);
        between("auth.session-idle", sessionIdle, Duration.ofMinutes(1), sessionLife);
        between("auth.session-life", sessionLife, Duration.ofMinutes(1), Duration.ofDays(366));
        between("auth.refresh-grace", refreshGrace, Duration.ZERO, Duration.ofMinutes(1));
        between("auth.verification-life", verificationLife, Duration.ofMinutes(1), Duration.ofDays(30));
        between("auth.reset-life", resetLife, Duration.ofMinutes(1), Duration.ofDays(7));
        between("auth.email-change-life", emailChangeLife, Duration.ofMinutes(1), Duration.ofDays(30));
        between("auth.first-administrator-life", firstAdministratorLife, Duration.ofMinutes(1), Duration.ofDays(7));
        between("auth.fresh-sign-in", freshSignIn, Duration.ZERO, Duration.ofHours(24));
    }

    private static void checkAddress(String address) {
        if (address.indexOf('@') < 1) {
            throw new IllegalArgumentException("auth.admin-emails: " + address + " (expected: local@domain)");
        }
    }

    private static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
