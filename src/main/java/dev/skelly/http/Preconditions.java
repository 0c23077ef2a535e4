package dev.skelly.http;

import dev.skelly.feature.EntityTag;
import dev.skelly.feature.EntityTagList;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Evaluates {@code If-Match} and {@code If-None-Match} (RFC 9110 section 13). {@link HeaderLines} has rejected malformed ones. */
public final class Preconditions {

    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";
    static final int TAGS_MAX = 16; // Each may cost a command.

    private static final String CODE = "malformed-header";

    private Preconditions() {}

    /** Tells whether the caller of a GET or HEAD has the representation with this tag already: the response is 304. */
    public static boolean unchanged(HttpServerRequest request, @Nullable String etag) {
        var reading = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        var known = HeaderLines.joined(request.headers(), IF_NONE_MATCH);
        return reading
                && etag != null
                && known != null
                && EntityTagList.read(known).map(list -> list.hasWeakly(etag)).orElse(false);
    }

    /** Returns the faults of both headers. */
    static List<FieldError> faults(MultiMap headers) {
        var faults = new ArrayList<FieldError>();
        for (var name : List.of(IF_MATCH, IF_NONE_MATCH)) {
            var pointer = name.toLowerCase(Locale.ROOT);
            var text = HeaderLines.joined(headers, name);
            var list = text == null ? null : EntityTagList.read(text).orElse(null);
            if (text != null && list == null) {
                faults.add(new FieldError(pointer, "format", "must be * or entity tags such as \"1\", W/\"2\""));
            } else if (name.equals(IF_MATCH) && list != null && list.tags().size() > TAGS_MAX) {
                faults.add(new FieldError(pointer, "max-items", "must have at most " + TAGS_MAX + " entity tags"));
            }
        }
        return faults;
    }

    /** Returns the endpoint of a route such that it is called only if the preconditions of its requests may be met. */
    static Route.Endpoint checked(Route route) {
        if (route.method().equals("GET")) {
            return route.endpoint();
        }
        var versioned = route.about().parameters().stream()
                .anyMatch(one -> one.place() == Parameter.Place.HEADER
                        && (one.name().equals(IF_MATCH) || one.name().equals(IF_NONE_MATCH)));
        return request -> {
            checkNew(
                    request.header(IF_MATCH).isPresent(),
                    request.header(IF_NONE_MATCH).orElse(null),
                    versioned);
            return request instanceof ParsedRequest parsed
                    ? anyOf(parsed, route.endpoint())
                    : route.endpoint().answer(request);
        };
    }

    /* A resource that cannot be created by the route exists. */
    private static void checkNew(boolean matching, @Nullable String noneMatch, boolean versioned) {
        if (noneMatch == null) {
            return;
        }
        if (matching || !noneMatch.strip().equals("*")) {
            throw malformed("must be * and without If-Match in a request that changes something");
        }
        if (!versioned) {
            throw EntityTag.exists();
        }
    }

    private static Problem malformed(String detail) {
        var faults = List.of(new FieldError("if-none-match", "format", detail));
        return new Problem(Problem.Kind.MALFORMED, CODE, "some headers are not as expected", faults, null);
    }

    /* A stale attempt changes nothing, so the tags of a list are tried one after another. */
    private static Future<Response> anyOf(ParsedRequest request, Route.Endpoint endpoint) {
        var tags = request.header(IF_MATCH)
                .flatMap(EntityTagList::read)
                .map(EntityTagList::strong)
                .orElse(List.of());
        return tags.size() < 2 ? endpoint.answer(request) : attempt(request, endpoint, tags);
    }

    private static Future<Response> attempt(ParsedRequest request, Route.Endpoint endpoint, List<String> tags) {
        return RequestThread.back(
                        Future.succeededFuture(request.expecting(tags.get(0))).compose(endpoint::answer))
                .recover(failure ->
                        tags.size() > 1 && failure instanceof Problem problem && problem.kind() == Problem.Kind.STALE
                                ? attempt(request, endpoint, tags.subList(1, tags.size()))
                                : Future.failedFuture(failure));
    }
}
