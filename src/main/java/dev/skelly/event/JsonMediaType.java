package dev.skelly.event;

import java.util.Locale;
import java.util.regex.Pattern;

/** The media types of JSON: {@code application/json}, and all with the subtype {@code json} or the suffix {@code +json} (RFC 6839). */
public final class JsonMediaType {

    private static final String TOKEN = "[a-z0-9!#$%&'*+.^_`|~-]+";
    private static final Pattern FORM = Pattern.compile(TOKEN + "/(json|" + TOKEN + "\\+json)");

    private JsonMediaType() {}

    /** Returns whether the value of a {@code Content-Type} is one of them, whatever its parameters and its case. */
    public static boolean is(String contentType) {
        return FORM.matcher(withoutParameters(contentType)).matches();
    }

    /** Returns the media type of a {@code Content-Type} in lower case. */
    public static String withoutParameters(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
