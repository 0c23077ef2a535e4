package dev.skelly.documents;

import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Refusal;
import dev.skelly.feature.Route;
import java.util.ArrayList;
import java.util.List;

/** Every problem that a route can answer: those that it names, and those that follow from what it is. */
final class Refusals {

    private static final List<Refusal> ANY = List.of(
            new Refusal(Problem.Kind.MALFORMED, "bad-request", "the path or the query cannot be read"),
            new Refusal(Problem.Kind.MALFORMED, "character", "the path or the query has a NUL character"),
            new Refusal(Problem.Kind.UNAVAILABLE, "unavailable", "the node is going down, or has no room for now"));

    private static final List<Refusal> API = List.of(
            new Refusal(Problem.Kind.TOO_MANY, "too-many-requests", "the caller asks too often"),
            new Refusal(Problem.Kind.UNAUTHENTICATED, "invalid-token", "the access token is not valid, or no longer"),
            new Refusal(Problem.Kind.UNAUTHENTICATED, "expired-token", "the access token has expired"),
            new Refusal(Problem.Kind.UNAUTHENTICATED, "signed-out", "the sign-in of the access token has ended"));

    private static final List<Refusal> BODY = List.of(
            new Refusal(Problem.Kind.MALFORMED, "malformed-json", "the body is no JSON document"),
            new Refusal(Problem.Kind.MALFORMED, "json-too-complex", "the body is too deep or has too many parts"),
            new Refusal(Problem.Kind.TIMEOUT, "request-timeout", "the body takes too long to arrive"),
            new Refusal(Problem.Kind.TOO_LARGE, "body-too-large", "the body is too long"),
            new Refusal(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "the body is announced as other"),
            new Refusal(Problem.Kind.INVALID, "invalid-input", "some fields are not as expected; all are named"));

    private static final List<Refusal> CREATING = List.of(
            new Refusal(Problem.Kind.MALFORMED, "idempotency-key", "the Idempotency-Key is none, or there are several"),
            new Refusal(Problem.Kind.CONFLICT, "idempotency-key-in-use", "a request with this key is still under way"),
            new Refusal(Problem.Kind.INVALID, "idempotency-key-reused", "the key came with another request before"));

    private static final Refusal SIGN_IN =
            new Refusal(Problem.Kind.UNAUTHENTICATED, "sign-in-required", "nobody is signed in");
    private static final Refusal ADMINISTRATORS =
            new Refusal(Problem.Kind.FORBIDDEN, "forbidden", "the caller is no administrator");
    private static final Refusal FOREIGN_PAGE =
            new Refusal(Problem.Kind.FORBIDDEN, "foreign-origin", "a page of another site sent it without a token");
    private static final Refusal PARAMETERS =
            new Refusal(Problem.Kind.INVALID, "invalid-input", "a parameter is not as expected");
    private static final Refusal ERASED =
            new Refusal(Problem.Kind.NOT_FOUND, "not-found", "the account was erased a moment ago");
    private static final Refusal NOTHING_THERE =
            new Refusal(Problem.Kind.NOT_FOUND, "not-found", "there is no such thing, or none the caller may know of");

    private Refusals() {}

    private static List<Refusal> access(Route route) {
        return switch (route.access()) {
            case ANYONE -> List.of();
            case SIGNED_IN -> List.of(SIGN_IN);
            case GRANTED ->
                List.of(
                        SIGN_IN,
                        new Refusal(
                                Problem.Kind.FORBIDDEN,
                                "forbidden",
                                "the caller has no role that is granted call:"
                                        + route.manner().permission()));
            case ADMIN -> List.of(SIGN_IN, ADMINISTRATORS);
        };
    }

    /** All of a route, each status and code once. */
    static List<Refusal> of(Route route) {
        var all = new ArrayList<>(route.about().refusals());
        all.addAll(ANY);
        if (route.path().startsWith("/api/")) {
            all.addAll(API);
        }
        all.addAll(access(route));
        if (route.manner().cookieToo() || !route.method().equals("GET")) {
            all.add(FOREIGN_PAGE);
        }
        if (route.manner().creating()) {
            all.addAll(CREATING);
        }
        if (route.takes() != null || !route.about().bodies().isEmpty()) {
            all.addAll(BODY);
        }
        if (route.about().parameters().stream().anyMatch(one -> one.place() == Parameter.Place.QUERY)) {
            all.add(PARAMETERS);
        }
        if (route.path().startsWith("/api/me")) {
            all.add(ERASED);
        }
        if (route.path().contains("{")) {
            all.add(NOTHING_THERE);
        }
        var distinct = new ArrayList<Refusal>();
        for (var one : all) {
            if (distinct.stream()
                    .noneMatch(
                            other -> other.kind() == one.kind() && other.code().equals(one.code()))) {
                distinct.add(one);
            }
        }
        return distinct;
    }
}
