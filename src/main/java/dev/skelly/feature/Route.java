package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP resource and method.
 *
 * @param method upper case, e.g. {@code POST}
 * @param path with parameters in braces, e.g. {@code /api/users/{id}}
 * @param access who may call it
 * @param summary one line for the API description
 * @param takes the shape of the JSON body; null where none is read
 * @param options what is unlike other routes in how it is called
 * @param about what the API description says besides
 * @param endpoint what answers
 */
public record Route(
        String method,
        String path,
        Access access,
        String summary,
        @Nullable BodySchema takes,
        RouteOptions options,
        ApiDescription about,
        Endpoint endpoint) {

    private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*");

    /** Answers a request; a failed future or a thrown {@link Problem} becomes a problem document. Runs on an event loop. */
    @FunctionalInterface
    public interface Endpoint {
        Future<Response> answer(Request request);
    }

    /**
     * What is unlike other routes in how one is called.
     *
     * @param idempotent whether it honours {@code Idempotency-Key}
     * @param sessionCookie whether the {@code session} cookie signs in, too
     * @param mediaTypes what its body may be announced as besides {@code application/json}; lower case, without parameters
     * @param permission what a caller's role has to be granted; null where none is asked for
     * @param limits rate limits that apply before the endpoint runs, besides the general one of every route
     */
    public record RouteOptions(
            boolean idempotent,
            boolean sessionCookie,
            Set<String> mediaTypes,
            @Nullable String permission,
            List<RateLimit> limits) {

        /** Like most. */
        public static final RouteOptions PLAIN = new RouteOptions(false, false, Set.of(), null, List.of());

        /** Keeps its own copies, and refuses a permission that no role can be granted. */
        public RouteOptions {
            mediaTypes = Set.copyOf(mediaTypes);
            limits = List.copyOf(limits);
            if (permission != null && !PERMISSION.matcher(permission).matches()) {
                throw new IllegalArgumentException(
                        "permission: " + permission + " (expected: lower-case words joined by dots)");
            }
        }
    }

    /** A resource without a body, called with {@code method}. */
    public static Route of(String method, String path, Access access, String summary, Endpoint endpoint) {
        return new Route(method, path, access, summary, null, RouteOptions.PLAIN, ApiDescription.NOTHING, endpoint);
    }

    /** A resource that a part of the machinery answers by itself: described here, never called through its endpoint. */
    public static Route mounted(String method, String path, Access access, String summary) {
        return of(method, path, access, summary, request -> {
            throw new IllegalStateException(method + " " + path + " is answered by what mounts it");
        });
    }

    /** The same route, reading a JSON body of this shape. */
    public Route body(BodySchema shape) {
        return new Route(method, path, access, summary, shape, options, about, endpoint);
    }

    /** The same route, with one more rate limit. */
    public Route limited(RateLimit limit) {
        var more = new ArrayList<>(options.limits());
        more.add(limit);
        return in(new RouteOptions(
                options.idempotent(), options.sessionCookie(), options.mediaTypes(), options.permission(), more));
    }

    /**
     * The same route, honouring {@code Idempotency-Key}: repeated with the same key and body, it answers as the first time and does
     * nothing. For a POST that makes something and whose answer holds no secret. Its endpoint sends one command, takes the ids of what it
     * makes from {@link Request#newId}, and answers by nothing but these and the request.
     */
    public Route idempotent() {
        return in(new RouteOptions(
                true, options.sessionCookie(), options.mediaTypes(), options.permission(), options.limits()));
    }

    /**
     * The same route, where the {@code session} cookie of a page of our own signs in, too. Sent by any other page the cookie counts for
     * nothing: the answer is 403. For what a browser sends without being able to set a header.
     */
    public Route allowSessionCookie() {
        return in(new RouteOptions(
                options.idempotent(), true, options.mediaTypes(), options.permission(), options.limits()));
    }

    /** The same route, whose JSON body may also be announced as these types, such as {@code text/plain} of {@code sendBeacon}. */
    public Route announcedAs(String... types) {
        return in(new RouteOptions(
                options.idempotent(), options.sessionCookie(), Set.of(types), options.permission(), options.limits()));
    }

    /**
     * The same route for those with a role that was granted {@code call:} and this permission, such as {@code orders.refund}, and for
     * administrators. Who that is can be changed while the node runs.
     */
    public Route permitted(String permission) {
        var asking = new RouteOptions(
                options.idempotent(), options.sessionCookie(), options.mediaTypes(), permission, options.limits());
        return new Route(method, path, Access.GRANTED, summary, takes, asking, about, endpoint);
    }

    private Route in(RouteOptions other) {
        return new Route(method, path, access, summary, takes, other, about, endpoint);
    }

    /** The same route, with one more answer of JSON by which it can succeed. */
    public Route response(int status, Class<?> body) {
        return response(ResponseDescription.of(status, body));
    }

    /** The same route, with more answers by which it can succeed. */
    public Route response(ResponseDescription... answers) {
        return about(about.response(answers));
    }

    /** The same route, with more parameters. */
    public Route parameter(Parameter... parameters) {
        return about(about.parameter(parameters));
    }

    /**
     * The same route, with one more problem it can answer. Those that follow from the rest of the route need no mention: nobody
     * signed in, not allowed, a body or a parameter that is not as described, a rate limit, a node that is going down.
     *
     * @param when one sentence: what has to be so
     */
    public Route problem(Problem.Kind kind, String code, String when) {
        return about(about.problem(new ProblemDescription(kind, code, when)));
    }

    /** The same route, changing something that has an {@code ETag}: with {@code If-Match}, refused with 412 when it is stale. */
    public Route matching(boolean required) {
        var conditional = parameter(Parameter.ifMatch(required))
                .problem(Problem.Kind.STALE, "stale", "it was changed since the caller read it")
                .problem(Problem.Kind.MALFORMED, "one-etag", "If-Match names several entity tags");
        return required
                ? conditional.problem(Problem.Kind.PRECONDITION_REQUIRED, "if-match-required", "If-Match is missing")
                : conditional;
    }

    /** The same route, for callers that show one of these; without it, a bearer token where somebody has to be signed in. */
    public Route signed(ApiDescription.Sign... ways) {
        return about(about.signed(ways));
    }

    /** The same route with more to say of it, as Markdown. */
    public Route detailed(String markdown) {
        return about(about.detailed(markdown));
    }

    /** The same route under another heading than its feature's name. */
    public Route tagged(String heading) {
        return about(about.tagged(heading));
    }

    /** The same route, reading bodies besides the one of its shape. */
    public Route reading(ApiDescription.Body... bodies) {
        return about(about.reading(bodies));
    }

    /** The same route with everything that is said of it. */
    public Route about(ApiDescription described) {
        return new Route(method, path, access, summary, takes, options, described, endpoint);
    }
}
