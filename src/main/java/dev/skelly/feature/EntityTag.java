package dev.skelly.feature;

import java.util.Optional;
import java.util.regex.Pattern;

/** Formats and parses the strong entity tag of a versioned resource (RFC 9110 section 8.8.3). */
public final class EntityTag {

    private static final Pattern STRONG = Pattern.compile("\"(\\d{1,18})\"");
    private static final Pattern SEVERAL = Pattern.compile("(W/)?\"[^\"]*\"\\s*,.*");
    private static final long NO_VERSION = -1;

    private EntityTag() {}

    /** Returns the {@code ETag} of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Returns the version that a caller expects, from {@code If-Match}.
     *
     * @return empty when any version matches: no header, or {@code *}; a number that no version has for an unknown tag
     * @throws Problem 400 when there are several tags, because a resource has one version at a time
     */
    public static Optional<Long> expected(Request request) {
        return request.header("If-Match")
                .map(String::strip)
                .filter(tag -> !tag.equals("*"))
                .map(EntityTag::version);
    }

    /**
     * Returns the version that a caller expects, and requires one.
     *
     * @throws Problem 428 when the header is missing
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

    /** Returns the problem of a change without an expected version. */
    public static Problem missing() {
        return Problem.of(
                Problem.Kind.PRECONDITION_REQUIRED,
                "if-match-required",
                "send If-Match with the ETag of what is being changed");
    }

    /** Returns the problem of a change whose expected version is no longer current. */
    public static Problem stale() {
        return Problem.of(Problem.Kind.STALE, "stale", "it was changed meanwhile; read it again");
    }
}
