package dev.skelly.feature;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rejection that the caller can act on, in the terms of RFC 9457. Every other failure is a bug and becomes 500 with a log line.
 *
 * <p>Carries no stack trace, because it is an expected response.
 */
public final class Problem extends RuntimeException {

    /** The code of {@link #locked()}. */
    public static final String LOCKED = "locked";

    private static final long serialVersionUID = 1L;

    /** The kind of rejection; {@code http.Statuses} maps it to a status. */
    public enum Kind {
        MALFORMED,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        TIMEOUT,
        CONFLICT,
        STALE,
        TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        INVALID,
        PRECONDITION_REQUIRED,
        TOO_MANY,
        UNAVAILABLE
    }

    private final Kind kind;
    private final String code;
    private final transient List<FieldError> faults;
    private final @Nullable Duration retryAfter;

    /**
     * Creates a problem.
     *
     * @param code stable, lower-case, hyphenated; also the slug of the problem's {@code type}
     * @param detail one sentence for a person: what was wrong, what was expected; never a cause's text
     * @param faults every fault of an input; otherwise empty
     * @param retryAfter when a retry makes sense; null if it does not
     */
    public Problem(Kind kind, String code, String detail, List<FieldError> faults, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.kind = kind;
        this.code = code;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
    }

    /** Creates a problem without faults. */
    public static Problem of(Kind kind, String code, String detail) {
        return new Problem(kind, code, detail, List.of(), null);
    }

    /** Creates a problem for well-formed input with wrong values, all of them named. */
    public static Problem invalid(List<FieldError> faults) {
        return new Problem(Kind.INVALID, "invalid-input", "some fields are not as expected", faults, null);
    }

    /** Creates a problem for one wrong value. */
    public static Problem invalid(String pointer, String code, String detail) {
        return invalid(List.of(new FieldError(pointer, code, detail)));
    }

    /** Creates a problem for input that cannot be parsed. */
    public static Problem malformed(String code, String detail) {
        return of(Kind.MALFORMED, code, detail);
    }

    /** Creates a problem for a caller without a valid login. */
    public static Problem unauthenticated(String code, String detail) {
        return of(Kind.UNAUTHENTICATED, code, detail);
    }

    /** Creates a problem for an authenticated caller without permission. */
    public static Problem forbidden(String detail) {
        return of(Kind.FORBIDDEN, "forbidden", detail);
    }

    /** Creates a problem for a resource that does not exist or that the caller may not know of. */
    public static Problem notFound(String detail) {
        return of(Kind.NOT_FOUND, "not-found", detail);
    }

    /** Creates a problem for a conflict with the current state. */
    public static Problem conflict(String code, String detail) {
        return of(Kind.CONFLICT, code, detail);
    }

    /** Creates a problem for too many requests; retry after {@code retryAfter}. */
    public static Problem tooMany(String detail, Duration retryAfter) {
        return new Problem(Kind.TOO_MANY, "too-many-requests", detail, List.of(), retryAfter);
    }

    /** Creates a problem for a dependency that is temporarily unavailable or overloaded. */
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(Kind.UNAVAILABLE, "unavailable", detail, List.of(), retryAfter);
    }

    /** Creates a problem for a row that another transaction holds for longer than a request waits. */
    public static Problem locked() {
        return new Problem(
                Kind.UNAVAILABLE,
                LOCKED,
                "another transaction holds what the request changes; try again",
                List.of(),
                Duration.ofSeconds(1));
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> faults() {
        return faults;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
