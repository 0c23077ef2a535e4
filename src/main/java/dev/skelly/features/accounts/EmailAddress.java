package dev.skelly.features.accounts;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that can be written unchanged into a mail's header: ASCII, one {@code @}, no quoting, a domain of one or more labels.
 *
 * @param text as the person wrote it
 */
public record EmailAddress(String text) {

    private static final int CHARS_MAX = 254; // RFC 5321 section 4.5.3.1.3, without the angle brackets.
    private static final String FORM_TEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
            + "@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";
    private static final Pattern FORM = Pattern.compile(FORM_TEXT);
    private static final int LOCAL_CHARS_MAX = 64; // RFC 5321 section 4.5.3.1.1.

    /** Returns the field of a body that holds an address. */
    public static BodySchema.Field field() {
        return BodySchema.email("email")
                .with("pattern", "^" + FORM_TEXT + "$")
                .with("description", "an e-mail address without quotes, in ASCII");
    }

    public static Optional<EmailAddress> parse(String text) {
        var fits = text.length() <= CHARS_MAX
                && text.indexOf('@') <= LOCAL_CHARS_MAX
                && FORM.matcher(text).matches();
        return fits ? Optional.of(new EmailAddress(text)) : Optional.empty();
    }

    /** Returns the error for a text that is not an address. */
    public static FieldError fault() {
        return new FieldError("#/email", "format", "must be an e-mail address");
    }

    /** Returns the same key for every spelling of one address. */
    public String key() {
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the same key for all addresses that many providers deliver to one mailbox: in lower case, without dots before the {@code @} and
     * without a tag ({@code +news}). It is for limits only: elsewhere they may be the addresses of different people.
     */
    public String mailbox() {
        var key = key();
        var at = key.indexOf('@');
        var tag = key.indexOf('+');
        var untagged = key.substring(0, tag > 0 && tag < at ? tag : at);
        return untagged.replace(".", "") + key.substring(at);
    }

    @Override
    public String toString() {
        return "(address)";
    }
}
