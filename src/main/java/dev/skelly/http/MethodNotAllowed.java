package dev.skelly.http;

import dev.skelly.feature.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers 405 where a part of the machinery answers other methods of the same path; comes after all that answers. */
final class MethodNotAllowed implements RouterPart {

    private final Set<String> paths;

    /** Answers for these resources. */
    MethodNotAllowed(List<Route> mounted) {
        this.paths = mounted.stream().map(Route::path).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void mount(Router router) {
        for (var path : paths) {
            var pattern = RouteRegistrar.pattern(path);
            var allow = allowed(router, pattern);
            router.route(pattern).handler(context -> RouteRegistrar.otherMethod(context, path, allow));
        }
    }

    /* What is there already: a part may answer HEAD where it answers GET, or not. */
    private static String allowed(Router router, String pattern) {
        var methods = router.getRoutes().stream()
                .filter(route -> pattern.equals(route.getPath()) && route.methods() != null)
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name);
        return Stream.concat(methods, Stream.of("OPTIONS")).distinct().sorted().collect(Collectors.joining(", "));
    }
}
