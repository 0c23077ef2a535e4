package dev.skelly.mail;

import dev.skelly.event.OneLine;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A mail to one person.
 *
 * @param id source of the Message-ID; the same each time this mail is sent
 * @param person the receiver's account, by which an erasure finds stored mails
 * @param time the Date header
 * @param to one address, {@code local@domain}, without a name
 * @param subject one line
 * @param text the plain text part
 * @param html the HTML part
 */
public record Email(UUID id, UUID person, Instant time, String to, String subject, String text, String html) {

    /* Excludes characters that could end a header or add a second receiver. */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{C}\\p{Z}<>,;:()\"\\\\@]+@[A-Za-z0-9.-]+");

    /**
     * Rejects values that would add a header.
     *
     * @throws IllegalArgumentException whose message contains neither the address nor the subject
     */
    public Email {
        if (!ADDRESS.matcher(to).matches()) {
            throw new IllegalArgumentException("mail to: not one plain address (expected: local@domain)");
        }
        if (!OneLine.isUnbroken(subject)) {
            throw new IllegalArgumentException("mail subject: more than one line (expected: no control characters)");
        }
    }
}
