package dev.skelly.mail;

import io.vertx.ext.mail.mailencoder.EmailAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of outgoing mail.
 *
 * @param smtpUrl as {@code smtp://user:password@host:port} or {@code smtps://…}. Empty writes mails into the folder {@code outbox}
 * @param from sender, as {@code Name <local@domain>}. Its domain also ends the Message-ID
 * @param timeout time for one mail, from connecting to the server's response
 * @param starttls when a plain connection switches to TLS: {@code auto}, {@code required}, {@code off}
 */
public record MailConfig(String smtpUrl, String from, Duration timeout, StartTls starttls) {

    /** When a plain connection switches to TLS. */
    public enum StartTls {
        /** Required if a password crosses the network, otherwise used if the server offers it. */
        AUTO,
        /** No mail without TLS. */
        REQUIRED,
        /** Never TLS. */
        OFF
    }

    /** The default settings: mails are written to the outbox folder. */
    public static final MailConfig DEFAULT =
            new MailConfig("", "Skelly <skelly@localhost>", Duration.ofSeconds(30), StartTls.AUTO);

    /** Rejects settings that cannot send mail. */
    public MailConfig {
        if (!smtpUrl.isEmpty()) {
            var unused = SmtpAddress.parse(smtpUrl); // Checks the syntax.
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

    /** Returns the server; empty if none is set. */
    Optional<SmtpAddress> server() {
        return smtpUrl.isEmpty() ? Optional.empty() : Optional.of(SmtpAddress.parse(smtpUrl));
    }

    /** Returns the sender's domain. */
    String domain() {
        var address = new EmailAddress(from).getEmail();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** Returns the Message-ID of a mail, with its angle brackets. */
    String messageId(Email letter) {
        return "<" + letter.id() + "@" + domain() + ">";
    }

    /** Omits the server's password. */
    @Override
    public String toString() {
        return "MailConfig[server=" + server() + ", from=" + from + "]";
    }
}
