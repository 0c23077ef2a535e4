package dev.skelly.event;

import java.util.regex.Pattern;

/** Validates the W3C trace context header (https://www.w3.org/TR/trace-context/#traceparent-header). */
public final class TraceParent {

    /* An id of all zeros is invalid. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** Returns whether a text is a valid header. */
    public static boolean isSound(String text) {
        return FORM.matcher(text).matches();
    }
}
