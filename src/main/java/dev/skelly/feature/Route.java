package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP resource and method.
 *
 * @param method upper case, e.g. {@code POST}
 * @param path with parameters in braces, e.g. {@code /api/users/{id}}
 * @param access who may call it
 * @param summary one line for the API description
 * @param takes the shape of the JSON body; null where none is read
 * @param limits rate limits that apply before the endpoint runs
 * @param endpoint what answers
 */
public record Route(
        String method,
        String path,
        Access access,
        String summary,
        @Nullable Shape takes,
        List<RateLimit> limits,
        Endpoint endpoint) {

    /** Answers a request; a failed future or a thrown {@link Problem} becomes a problem document. Runs on an event loop. */
    @FunctionalInterface
    public interface Endpoint {
        Future<Reply> answer(Request request);
    }

    /** Keeps its own copy of the limits. */
    public Route {
        limits = List.copyOf(limits);
    }

    /** A resource without a body, called with {@code method}. */
    public static Route of(String method, String path, Access access, String summary, Endpoint endpoint) {
        return new Route(method, path, access, summary, null, List.of(), endpoint);
    }

    /** The same route, reading a JSON body of this shape. */
    public Route taking(Shape shape) {
        return new Route(method, path, access, summary, shape, limits, endpoint);
    }

    /** The same route, with one more rate limit. */
    public Route limited(RateLimit limit) {
        var more = new java.util.ArrayList<>(limits);
        more.add(limit);
        return new Route(method, path, access, summary, takes, more, endpoint);
    }
}
