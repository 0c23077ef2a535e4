package dev.skelly.apidocs;

import dev.skelly.feature.Problem;
import dev.skelly.feature.ProblemDescription;
import dev.skelly.feature.Route;
import dev.skelly.http.ProblemWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Determines all problems of a route: those that it declares, and those that follow from its options. */
final class RouteProblems {

    private static final List<ProblemDescription> ANY = List.of(
            new ProblemDescription(Problem.Kind.MALFORMED, "bad-request", "the path or the query cannot be read"),
            new ProblemDescription(
                    Problem.Kind.MALFORMED, "character", "the path or the query contains a NUL character"),
            new ProblemDescription(
                    Problem.Kind.MALFORMED,
                    "malformed-header",
                    "a header is malformed, or repeated without being a list"),
            new ProblemDescription(
                    Problem.Kind.UNAVAILABLE,
                    "unavailable",
                    "the node is shutting down, or cannot handle the request at the moment"));

    private static final List<ProblemDescription> API = List.of(
            new ProblemDescription(
                    Problem.Kind.UNAVAILABLE,
                    Problem.LOCKED,
                    "another transaction holds what the request changes for longer than db.lock-timeout"),
            new ProblemDescription(
                    Problem.Kind.TOO_MANY, "too-many-requests", "the rate limit of the caller is exceeded"),
            new ProblemDescription(Problem.Kind.UNAUTHENTICATED, "invalid-token", "the access token is not valid"),
            new ProblemDescription(Problem.Kind.UNAUTHENTICATED, "expired-token", "the access token has expired"),
            new ProblemDescription(
                    Problem.Kind.UNAUTHENTICATED, "signed-out", "the session of the access token has ended"));

    private static final List<ProblemDescription> BODY = List.of(
            new ProblemDescription(
                    Problem.Kind.MALFORMED, "malformed-body", "the body is not whole, or its chunks cannot be read"),
            new ProblemDescription(Problem.Kind.MALFORMED, "malformed-json", "the body is not a JSON document"),
            new ProblemDescription(
                    Problem.Kind.MALFORMED, "json-too-complex", "the body is too deep or has too many parts"),
            new ProblemDescription(Problem.Kind.TIMEOUT, "timeout", "the body takes too long to arrive"),
            new ProblemDescription(Problem.Kind.TOO_LARGE, "body-too-large", "the body is too long"),
            new ProblemDescription(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "the media type of the body is not supported"),
            new ProblemDescription(
                    Problem.Kind.INVALID,
                    "invalid-input",
                    "fields or parameters are invalid; the response lists all of them"));

    private static final List<ProblemDescription> CREATING = List.of(
            new ProblemDescription(
                    Problem.Kind.MALFORMED,
                    "idempotency-key",
                    "the Idempotency-Key is malformed, or sent several times"),
            new ProblemDescription(
                    Problem.Kind.CONFLICT, "idempotency-key-in-use", "a request with this key is in progress"),
            new ProblemDescription(
                    Problem.Kind.INVALID, "idempotency-key-reused", "the key was used for another request"));

    private static final ProblemDescription SIGN_IN = new ProblemDescription(
            Problem.Kind.UNAUTHENTICATED, "sign-in-required", "the request has no valid session");
    private static final ProblemDescription ADMINISTRATORS =
            new ProblemDescription(Problem.Kind.FORBIDDEN, "forbidden", "the caller is not an administrator");
    private static final ProblemDescription FOREIGN_PAGE = new ProblemDescription(
            Problem.Kind.FORBIDDEN, "foreign-origin", "a page of another site sent the request without a token");
    private static final ProblemDescription PARAMETERS = new ProblemDescription(
            Problem.Kind.INVALID, "invalid-input", "a parameter is invalid, unknown or sent too often");
    private static final ProblemDescription EXISTS = new ProblemDescription(
            Problem.Kind.STALE, "exists", "with If-None-Match: * the resource would have to be new");
    private static final ProblemDescription ERASED =
            new ProblemDescription(Problem.Kind.NOT_FOUND, "not-found", "the account was erased a moment ago");
    private static final ProblemDescription NOTHING_THERE = new ProblemDescription(
            Problem.Kind.NOT_FOUND, "not-found", "no such resource, or the caller may not see it");

    private static final String OVERTAKEN = "stale-version"; // Of any command: a concurrent change was committed first.

    private RouteProblems() {}

    /** Returns the codes of all problems of the program, each once, in alphabetical order. */
    static List<String> codes(ApiModel surface) {
        var ofRoutes = surface.operations().stream()
                .flatMap(operation -> of(operation.route()).stream())
                .map(ProblemDescription::code);
        var others = Stream.concat(ProblemWriter.codes().stream(), Stream.of(OVERTAKEN));
        return Stream.concat(ofRoutes, others).distinct().sorted().toList();
    }

    private static List<ProblemDescription> access(Route route) {
        return switch (route.access()) {
            case ANYONE -> List.of();
            case SIGNED_IN -> List.of(SIGN_IN);
            case GRANTED ->
                List.of(
                        SIGN_IN,
                        new ProblemDescription(
                                Problem.Kind.FORBIDDEN,
                                "forbidden",
                                "the caller has no role with the permission call:"
                                        + route.options().permission()));
            case ADMIN -> List.of(SIGN_IN, ADMINISTRATORS);
        };
    }

    /** Returns all problems of a route, each pair of status and code once. */
    static List<ProblemDescription> of(Route route) {
        var all = new ArrayList<>(route.about().refusals());
        all.addAll(ANY);
        if (route.path().startsWith("/api/")) {
            all.addAll(API);
        }
        all.addAll(access(route));
        if (route.options().sessionCookie() || !route.method().equals("GET")) {
            all.add(FOREIGN_PAGE);
        }
        if (route.options().idempotent()) {
            all.addAll(CREATING);
        }
        if (route.takes() != null || !route.about().bodies().get().isEmpty()) {
            all.addAll(BODY);
        }
        all.add(PARAMETERS);
        if (route.method().equals("PUT")) {
            all.add(EXISTS);
        }
        if (route.path().startsWith("/api/me")) {
            all.add(ERASED);
        }
        if (route.path().contains("{")) {
            all.add(NOTHING_THERE);
        }
        var distinct = new ArrayList<ProblemDescription>();
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
