package dev.skelly.feature;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller can act on, in the words of RFC 9457. Everything else that fails is a bug and becomes 500 with a log line.
 *
 * <p>Carries no stack trace: it is an answer, not an accident.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal; {@code http.Statuses} turns it into a status. */
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
     * Any refusal.
     *
     * @param code stable, lower-case, hyphenated; also the slug of the problem's {@code type}
     * @param detail one sentence for a person: what was wrong, what was expected; never a cause's text
     * @param faults for input: every fault found; else empty
     * @param retryAfter when trying again makes sense; null where it does not
     */
    public Problem(Kind kind, String code, String detail, List<FieldError> faults, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.kind = kind;
        this.code = code;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
    }

    /** A refusal without faults. */
    public static Problem of(Kind kind, String code, String detail) {
        return new Problem(kind, code, detail, List.of(), null);
    }

    /** Well-formed input with wrong values, all of them named. */
    public static Problem invalid(List<FieldError> faults) {
        return new Problem(Kind.INVALID, "invalid-input", "some fields are not as expected", faults, null);
    }

    /** One wrong value. */
    public static Problem invalid(String pointer, String code, String detail) {
        return invalid(List.of(new FieldError(pointer, code, detail)));
    }

    /** Input that cannot be read at all. */
    public static Problem malformed(String code, String detail) {
        return of(Kind.MALFORMED, code, detail);
    }

    /** Nobody is signed in, or no longer. */
    public static Problem unauthenticated(String code, String detail) {
        return of(Kind.UNAUTHENTICATED, code, detail);
    }

    /** Signed in, but not allowed. */
    public static Problem forbidden(String detail) {
        return of(Kind.FORBIDDEN, "forbidden", detail);
    }

    /** No such thing, or none that the caller may know of. */
    public static Problem notFound(String detail) {
        return of(Kind.NOT_FOUND, "not-found", detail);
    }

    /** It clashes with what is there. */
    public static Problem conflict(String code, String detail) {
        return of(Kind.CONFLICT, code, detail);
    }

    /** Too often; try again after {@code retryAfter}. */
    public static Problem tooMany(String detail, Duration retryAfter) {
        return new Problem(Kind.TOO_MANY, "too-many-requests", detail, List.of(), retryAfter);
    }

    /** Something this needs is away or full for now. */
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(Kind.UNAVAILABLE, "unavailable", detail, List.of(), retryAfter);
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
