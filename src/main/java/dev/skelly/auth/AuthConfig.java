package dev.skelly.auth;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Settings of registration and sessions, under {@code auth}.
 *
 * @param registration who may register: {@code open} (anyone), {@code private} (anyone, but no response shows whether an address has an
 *     account; a mail says how to continue) or {@code closed} (only the operator creates accounts)
 * @param adminEmails addresses whose owners become administrators when they set a password with a mailed link. Verifying the address sends
 *     that link
 * @param sessionIdle time after which a session ends if it is not refreshed
 * @param sessionLife time after which a session ends in any case
 * @param refreshGrace time in which a used refresh token gets the same response again, because responses can be lost
 * @param verificationLife validity of the link in the welcome mail
 * @param resetLife validity of a link that sets a new password
 * @param emailChangeLife validity of a link that verifies another address
 * @param firstAdministratorLife validity of the link that a start prints to create the first administrator
 * @param freshSignIn time after a login in which a person may erase the account without typing the password again
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
        /** Anyone may register. */
        OPEN,
        /** Anyone may register, but no response shows whether the address has an account; a mail says how to continue. */
        PRIVATE,
        /** Only the operator creates accounts. */
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

    /** Checks the times, and converts the addresses to lower case. */
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
