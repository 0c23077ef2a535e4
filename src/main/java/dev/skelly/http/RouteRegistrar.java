package dev.skelly.http;

import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds the features' routes to the router. Paths with fewer parameters take precedence: {@code /users/me} over {@code /users/{id}}. */
final class RouteRegistrar implements RouterPart {

    private static final Comparator<String> LITERAL_FIRST = Comparator.<String>comparingLong(
                    path -> path.chars().filter(character -> character == '{').count())
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, List<Route>> byPath = new TreeMap<>(LITERAL_FIRST);
    private final RouteServices services;

    /**
     * Sorts the routes.
     *
     * @throws IllegalArgumentException when two have the same method and path
     */
    RouteRegistrar(List<Route> routes, RouteServices services) {
        this.services = services;
        for (var route : routes) {
            var same = byPath.computeIfAbsent(route.path(), path -> new ArrayList<>());
            if (same.stream().anyMatch(other -> other.method().equals(route.method()))) {
                throw new IllegalArgumentException(
                        "route " + route.method() + " " + route.path() + " is declared twice");
            }
            same.add(route);
        }
    }

    @Override
    public void mount(Router router) {
        byPath.forEach((path, routes) -> mount(router, path, routes));
    }

    /** Returns the router's pattern of a path with parameters in braces. */
    static String pattern(String path) {
        return path.replaceAll("\\{([A-Za-z][A-Za-z0-9]*)}", ":$1");
    }

    private void mount(Router router, String pattern, List<Route> routes) {
        var path = pattern(pattern);
        var allowed = new TreeSet<String>();
        for (var route : routes) {
            var mounted = router.route(path).method(HttpMethod.valueOf(route.method()));
            allowed.add(route.method());
            if (route.method().equals("GET")) {
                mounted.method(HttpMethod.HEAD);
                allowed.add("HEAD");
            }
            mounted.handler(new RouteHandler(route, services));
        }
        allowed.add("OPTIONS");
        var allow = String.join(", ", allowed);
        router.route(path).handler(context -> otherMethod(context, pattern, allow));
    }

    static void otherMethod(RoutingContext context, String pattern, String allow) {
        RequestContext.route(context, pattern);
        context.response().putHeader("Allow", allow);
        if (HttpMethod.OPTIONS.equals(context.request().method())) {
            context.response().setStatusCode(204).end().onFailure(gone -> ProblemWriter.write(context, gone));
            return;
        }
        ProblemWriter.write(
                context,
                Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "method-not-allowed", "this resource allows " + allow));
    }
}
