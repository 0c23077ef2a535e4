package dev.skelly.event;

import java.util.regex.Pattern;

/** The form in which a trace is handed on (https://www.w3.org/TR/trace-context/#traceparent-header). */
public final class TraceParent {

    /* All zeros mean none. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** Whether a text has it. */
    public static boolean isSound(String text) {
        return FORM.matcher(text).matches();
    }
}
