package dev.skelly.mail;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One mail to one person.
 *
 * @param id becomes the Message-ID; the same for the same letter, however often it is sent
 * @param person the account it is written to; by it the letter is found when the account is erased
 * @param time its Date
 * @param to one address, {@code local@domain}, nothing else
 * @param subject one line
 * @param text for readers without HTML
 * @param html the same for the others
 */
public record Email(UUID id, UUID person, Instant time, String to, String subject, String text, String html) {

    /* What could end a header or name a second receiver is no part of an address. */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}<>,;:()\"\\\\@]+@[A-Za-z0-9.-]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * Refuses what would write a header of its own.
     *
     * @throws IllegalArgumentException without the address or the subject in its message
     */
    public Email {
        if (!ADDRESS.matcher(to).matches()) {
            throw new IllegalArgumentException("letter to: not one plain address (expected: local@domain)");
        }
        if (CONTROL.matcher(subject).find()) {
            throw new IllegalArgumentException("letter subject: more than one line (expected: no control characters)");
        }
    }
}
