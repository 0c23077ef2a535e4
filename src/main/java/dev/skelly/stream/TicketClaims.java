package dev.skelly.stream;

import dev.skelly.event.Sha256;
import dev.skelly.feature.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket stands for: a sign-in, narrowed.
 *
 * @param holder who fetched it
 * @param channels only these; null for all that the holder may read
 * @param types only these; null for all
 */
record TicketClaims(
        Principal holder,
        @Nullable List<String> channels,
        @Nullable List<String> types) {

    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** The text of a new ticket. */
    static String secret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a text could be a ticket at all. */
    static boolean wellFormed(String secret) {
        return FORM.matcher(secret).matches();
    }

    /** All that is kept of a ticket's text: whoever reads the table cannot open a stream. */
    static String digest(String secret) {
        return Sha256.of(secret);
    }
}
