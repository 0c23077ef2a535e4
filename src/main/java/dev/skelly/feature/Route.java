package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP resource and method.
 *
 * @param method upper case, e.g. {@code POST}
 * @param path with parameters in braces, e.g. {@code /api/users/{id}}
 * @param access who may call it
 * @param summary one line for the API description
 * @param takes the shape of the JSON body; null where none is read
 * @param limits rate limits that apply before the endpoint runs, besides the general one of every route
 * @param manner what is unlike other routes in how it is called
 * @param endpoint what answers
 */
public record Route(
        String method,
        String path,
        Access access,
        String summary,
        @Nullable Shape takes,
        List<RateLimit> limits,
        Manner manner,
        Endpoint endpoint) {

    /** Answers a request; a failed future or a thrown {@link Problem} becomes a problem document. Runs on an event loop. */
    @FunctionalInterface
    public interface Endpoint {
        Future<Reply> answer(Request request);
    }

    /**
     * What is unlike other routes in how one is called.
     *
     * @param creating whether it honours {@code Idempotency-Key}
     * @param cookieToo whether the {@code session} cookie signs in, too
     * @param mediaTypes what its body may be announced as besides {@code application/json}; lower case, without parameters
     */
    public record Manner(boolean creating, boolean cookieToo, Set<String> mediaTypes) {

        /** Like most. */
        public static final Manner PLAIN = new Manner(false, false, Set.of());

        /** Keeps its own copy of the types. */
        public Manner {
            mediaTypes = Set.copyOf(mediaTypes);
        }
    }

    /** Keeps its own copy of the limits. */
    public Route {
        limits = List.copyOf(limits);
    }

    /** A resource without a body, called with {@code method}. */
    public static Route of(String method, String path, Access access, String summary, Endpoint endpoint) {
        return new Route(method, path, access, summary, null, List.of(), Manner.PLAIN, endpoint);
    }

    /** The same route, reading a JSON body of this shape. */
    public Route taking(Shape shape) {
        return new Route(method, path, access, summary, shape, limits, manner, endpoint);
    }

    /** The same route, with one more rate limit. */
    public Route limited(RateLimit limit) {
        var more = new ArrayList<>(limits);
        more.add(limit);
        return new Route(method, path, access, summary, takes, more, manner, endpoint);
    }

    /**
     * The same route, honouring {@code Idempotency-Key}: repeated with the same key and body, it answers as the first time and does
     * nothing. For a POST that makes something.
     */
    public Route creating() {
        return in(new Manner(true, manner.cookieToo(), manner.mediaTypes()));
    }

    /**
     * The same route, where the {@code session} cookie of a page of our own signs in, too. Sent by any other page the cookie counts for
     * nothing: the answer is 403. For what a browser sends without being able to set a header.
     */
    public Route cookieToo() {
        return in(new Manner(manner.creating(), true, manner.mediaTypes()));
    }

    /** The same route, whose JSON body may also be announced as these types, such as {@code text/plain} of {@code sendBeacon}. */
    public Route announcedAs(String... types) {
        return in(new Manner(manner.creating(), manner.cookieToo(), Set.of(types)));
    }

    private Route in(Manner other) {
        return new Route(method, path, access, summary, takes, limits, other, endpoint);
    }
}
