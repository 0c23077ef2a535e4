package dev.skelly.feature;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats and parses the strong entity tag of a versioned resource (RFC 9110 section 8.8.3). */
public final class EntityTag {

    /** The expected version of what must not exist yet. */
    public static final long ABSENT = 0;

    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");
    private static final long NO_VERSION = -1;

    private EntityTag() {}

    /** Returns the {@code ETag} of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Returns the version that a caller expects, from {@code If-Match}. The server calls an endpoint once for each tag of a list, until one
     * is not stale; so there is one tag here.
     *
     * @return empty when any version matches: no header, or {@code *}; a number that no version has for an unknown or weak tag; {@link
     *     #ABSENT} with {@code If-None-Match: *}
     */
    public static Optional<Long> expected(Request request) {
        if (request.header("If-None-Match").isPresent()) {
            return Optional.of(ABSENT);
        }
        return request.header("If-Match")
                .map(EntityTagList::read)
                .filter(read -> read.filter(EntityTagList::any).isEmpty())
                .map(read -> read.map(EntityTag::version).orElse(NO_VERSION));
    }

    /**
     * Returns the version that a caller expects, and requires one.
     *
     * @throws Problem 428 when the header is missing
     */
    public static Optional<Long> required(Request request) {
        if (!conditional(request)) {
            throw missing();
        }
        return expected(request);
    }

    /** Tells whether a caller named the expected version, also as {@code *}. */
    public static boolean conditional(Request request) {
        return request.header("If-Match").isPresent()
                || request.header("If-None-Match").isPresent();
    }

    private static long version(EntityTagList list) {
        return list.strong().stream()
                .map(VERSION::matcher)
                .filter(Matcher::matches)
                .map(found -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElse(NO_VERSION);
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

    /** Returns the problem of a change that must create what exists already. */
    public static Problem exists() {
        return Problem.of(Problem.Kind.STALE, "exists", "it exists; with If-None-Match: * it would have to be new");
    }
}
