package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP resource and method.
 *
 * @param method upper case, e.g. {@code POST}
 * @param path with parameters in braces, e.g. {@code /api/users/{id}}
 * @param access who may call it
 * @param summary one line for the API description
 * @param takes the schema of the JSON body; null when none is read
 * @param options options that differ from the defaults
 * @param about further parts of the API description
 * @param endpoint handles the requests
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

    /** Handles a request; a failed future or a thrown {@link Problem} becomes a problem document. Runs on an event loop. */
    @FunctionalInterface
    public interface Endpoint {
        Future<Response> answer(Request request);
    }

    /**
     * The options of a route.
     *
     * @param idempotent whether it honours {@code Idempotency-Key}
     * @param sessionCookie whether the {@code session} cookie authenticates, too
     * @param mediaTypes accepted content types besides {@code application/json}; lower case, without parameters
     * @param permission required permission of the caller's role; null for none
     * @param limits rate limits that apply before the endpoint runs, besides the general one of every route
     */
    public record RouteOptions(
            boolean idempotent,
            boolean sessionCookie,
            Set<String> mediaTypes,
            @Nullable String permission,
            List<RateLimit> limits) {

        /** The default options. */
        public static final RouteOptions PLAIN = new RouteOptions(false, false, Set.of(), null, List.of());

        /** Copies the types and rejects a permission that no role can hold. */
        public RouteOptions {
            mediaTypes = Set.copyOf(mediaTypes);
            limits = List.copyOf(limits);
            if (permission != null && !PERMISSION.matcher(permission).matches()) {
                throw new IllegalArgumentException(
                        "permission: " + permission + " (expected: lower-case words joined by dots)");
            }
        }
    }

    /** Creates a route without a body. */
    public static Route of(String method, String path, Access access, String summary, Endpoint endpoint) {
        return new Route(method, path, access, summary, null, RouteOptions.PLAIN, ApiDescription.NOTHING, endpoint);
    }

    /** Describes a resource that another part of the program handles: its endpoint is never called. */
    public static Route mounted(String method, String path, Access access, String summary) {
        return of(method, path, access, summary, request -> {
            throw new IllegalStateException(method + " " + path + " is handled by the part that mounts it");
        });
    }

    /** Returns this route with a JSON body of this schema. */
    public Route body(BodySchema shape) {
        return new Route(method, path, access, summary, shape, options, about, endpoint);
    }

    /** Returns this route with one more rate limit. */
    public Route limited(RateLimit limit) {
        var more = new ArrayList<>(options.limits());
        more.add(limit);
        return in(new RouteOptions(
                options.idempotent(), options.sessionCookie(), options.mediaTypes(), options.permission(), more));
    }

    /**
     * Returns this route with support for {@code Idempotency-Key}: a repetition with the same key and body returns the first response and
     * does nothing. For a POST that creates something and whose response contains no secret. Its endpoint sends one command, takes the ids
     * of what it creates from {@link Request#newId}, and builds its response from nothing but these and the request.
     */
    public Route idempotent() {
        return in(new RouteOptions(
                true, options.sessionCookie(), options.mediaTypes(), options.permission(), options.limits()));
    }

    /**
     * Returns this route such that the {@code session} cookie authenticates, too, if a page of the same origin sends it. From any other
     * page the cookie is ignored: the response is 403. For requests that a browser sends without being able to set a header.
     */
    public Route allowSessionCookie() {
        return in(new RouteOptions(
                options.idempotent(), true, options.mediaTypes(), options.permission(), options.limits()));
    }

    /** Returns this route with further content types for its JSON body, such as {@code text/plain} of {@code sendBeacon}. */
    public Route announcedAs(String... types) {
        return in(new RouteOptions(
                options.idempotent(), options.sessionCookie(), Set.of(types), options.permission(), options.limits()));
    }

    /**
     * Returns this route restricted to administrators and accounts with a role that holds {@code call:} and this permission, such as {@code
     * orders.refund}. Permissions can change while the node runs.
     */
    public Route permitted(String permission) {
        var asking = new RouteOptions(
                options.idempotent(), options.sessionCookie(), options.mediaTypes(), permission, options.limits());
        return new Route(method, path, Access.GRANTED, summary, takes, asking, about, endpoint);
    }

    private Route in(RouteOptions other) {
        return new Route(method, path, access, summary, takes, other, about, endpoint);
    }

    /** Returns this route with one more successful JSON response. */
    public Route response(int status, Class<?> body) {
        return response(ResponseDescription.of(status, body));
    }

    /** Returns this route with more successful responses. */
    public Route response(ResponseDescription... answers) {
        return about(about.response(answers));
    }

    /** Returns this route with more parameters. */
    public Route parameter(Parameter... parameters) {
        return about(about.parameter(parameters));
    }

    /**
     * Returns this route with one more problem. Problems that follow from the rest of the route need no description: no login, no
     * permission, an invalid body or parameter, a rate limit, a node that stops.
     *
     * @param when one sentence: the condition under which it occurs
     */
    public Route problem(Problem.Kind kind, String code, String when) {
        return about(about.problem(new ProblemDescription(kind, code, when)));
    }

    /** Returns this route as a change of a resource with an {@code ETag}: with {@code If-Match}, a stale version is rejected with 412. */
    public Route matching(boolean required) {
        var conditional = parameter(Parameter.ifMatch(required))
                .problem(Problem.Kind.STALE, "stale", "it was changed since the caller read it");
        return required
                ? conditional.problem(Problem.Kind.PRECONDITION_REQUIRED, "if-match-required", "If-Match is missing")
                : conditional;
    }

    /** Returns this route with accepted credentials; the default is a bearer token on routes that require a login. */
    public Route signed(ApiDescription.Sign... ways) {
        return about(about.signed(ways));
    }

    /** Returns this route with more detail, as Markdown. */
    public Route detailed(String markdown) {
        return about(about.detailed(markdown));
    }

    /** Returns this route under another heading than its feature's name. */
    public Route tagged(String heading) {
        return about(about.tagged(heading));
    }

    /** Returns this route with bodies besides the one of its schema. */
    public Route reading(ApiDescription.Body... bodies) {
        return about(about.reading(bodies));
    }

    /** Does the same with bodies that may change, and are read for each description. */
    public Route reading(Supplier<List<ApiDescription.Body>> bodies) {
        return about(about.reading(bodies));
    }

    /** Returns this route with another API description. */
    public Route about(ApiDescription described) {
        return new Route(method, path, access, summary, takes, options, described, endpoint);
    }
}
