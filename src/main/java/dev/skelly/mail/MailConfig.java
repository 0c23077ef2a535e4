package dev.skelly.mail;

import io.vertx.ext.mail.mailencoder.EmailAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of outgoing mail.
 *
 * @param smtpUrl {@code smtp://user:password@host:port} or {@code smtps://…}; empty writes mail into the folder {@code outbox}
 * @param from sender, as {@code Name <local@domain>}; its domain also ends the Message-ID
 * @param timeout for one letter, from connecting to the server's answer
 * @param starttls when a plain connection turns to TLS
 */
public record MailConfig(String smtpUrl, String from, Duration timeout, StartTls starttls) {

    /** When a plain connection is upgraded to TLS. */
    public enum StartTls {
        /** Required when a password would cross the network, otherwise if the server offers it. */
        AUTO,
        /** No mail is sent without TLS. */
        REQUIRED,
        /** Never. */
        OFF
    }

    /** The default settings: mails are written to the outbox folder. */
    public static final MailConfig DEFAULT =
            new MailConfig("", "Skelly <skelly@localhost>", Duration.ofSeconds(30), StartTls.AUTO);

    /** Rejects settings that cannot send. */
    public MailConfig {
        if (!smtpUrl.isEmpty()) {
            var unused = SmtpAddress.parse(smtpUrl); // Parsed only as a check.
        }
        if (!plainSender(from)) {
            throw new IllegalArgumentException("mail.from: " + from + " (expected: Name <local@domain>)");
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("mail.timeout: " + timeout + " (expected: 100 ms to 5 min)");
        }
    }

    private static boolean plainSender(String from) {
        try {
            return new EmailAddress(from).getEmail().indexOf('@') > 0
                    && from.chars().noneMatch(Character::isISOControl);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the server; empty without one. */
    Optional<SmtpAddress> server() {
        return smtpUrl.isEmpty() ? Optional.empty() : Optional.of(SmtpAddress.parse(smtpUrl));
    }

    /** Returns the sender's domain. */
    String domain() {
        var address = new EmailAddress(from).getEmail();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** Returns a mail's Message-ID with its angle brackets. */
    String messageId(Email letter) {
        return "<" + letter.id() + "@" + domain() + ">";
    }

    /** Omits the server's password. */
    @Override
    public String toString() {
        return "MailConfig[server=" + server() + ", from=" + from + "]";
    }
}
