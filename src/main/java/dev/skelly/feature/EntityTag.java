package dev.skelly.feature;

import java.util.Optional;
import java.util.regex.Pattern;

/** The strong entity tag of something that has a version (RFC 9110 section 8.8.3). */
public final class EntityTag {

    private static final Pattern STRONG = Pattern.compile("\"(\\d{1,18})\"");
    private static final Pattern SEVERAL = Pattern.compile("(W/)?\"[^\"]*\"\\s*,.*");
    private static final long NO_VERSION = -1;

    private EntityTag() {}

    /** The {@code ETag} of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that a caller expects, from {@code If-Match}.
     *
     * @return empty where any version will do: no header, or {@code *}; a number that no version has for a tag that is not ours
     * @throws Problem 400 when there are several tags: nothing has several versions at once
     */
    public static Optional<Long> expected(Request request) {
        return request.header("If-Match")
                .map(String::strip)
                .filter(tag -> !tag.equals("*"))
                .map(EntityTag::version);
    }

    /**
     * The same where the caller has to say what it expects.
     *
     * @throws Problem 428 when it does not
     */
    public static Optional<Long> required(Request request) {
        if (request.header("If-Match").isEmpty()) {
            throw missing();
        }
        return expected(request);
    }

    private static long version(String tag) {
        if (SEVERAL.matcher(tag).matches()) {
            throw Problem.malformed("one-etag", "one entity tag in If-Match, that of what was read last");
        }
        var strong = STRONG.matcher(tag);
        return strong.matches() ? Long.parseLong(strong.group(1)) : NO_VERSION;
    }

    /** What a change is refused with whose caller did not say what it expects. */
    public static Problem missing() {
        return Problem.of(
                Problem.Kind.PRECONDITION_REQUIRED,
                "if-match-required",
                "send If-Match with the ETag of what is being changed");
    }

    /** What a change is refused with when its version is no longer the present one. */
    public static Problem stale() {
        return Problem.of(Problem.Kind.STALE, "stale", "it was changed meanwhile; read it again");
    }
}
