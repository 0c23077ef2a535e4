package dev.skelly.stream;

import dev.skelly.event.Sha256;
import dev.skelly.feature.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a ticket: a session, restricted.
 *
 * @param holder the account that fetched it
 * @param channels only these; null for all that the holder may read
 * @param types only these; null for all
 * @param reusable whether it opens streams until the session ends; otherwise one stream within seconds
 * @param origin the origin of the page that fetched it; null when no browser did
 */
record TicketClaims(
        Principal holder,
        @Nullable List<String> channels,
        @Nullable List<String> types,
        boolean reusable,
        @Nullable String origin) {

    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Creates the text of a new ticket. */
    static String secret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns whether a text has the form of a ticket. */
    static boolean wellFormed(String secret) {
        return FORM.matcher(secret).matches();
    }

    /** Returns the digest of a ticket's text. Only the digest is stored, so a reader of the table cannot open a stream. */
    static String digest(String secret) {
        return Sha256.of(secret);
    }
}
