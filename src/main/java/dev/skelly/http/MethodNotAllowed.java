package dev.skelly.http;

import dev.skelly.feature.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Responds with 405 to other methods on the paths of mounted parts. Mounted after all other routes. */
final class MethodNotAllowed implements RouterPart {

    private final Set<String> paths;

    /** Creates the handler for these routes. */
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

    /* Reads the methods from the router, because a part may or may not serve HEAD where it serves GET. */
    private static String allowed(Router router, String pattern) {
        var methods = router.getRoutes().stream()
                .filter(route -> pattern.equals(route.getPath()) && route.methods() != null)
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name);
        return Stream.concat(methods, Stream.of("OPTIONS")).distinct().sorted().collect(Collectors.joining(", "));
    }
}
