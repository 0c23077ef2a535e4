package dev.skelly.http;

import dev.skelly.feature.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Answers 405 where a part of the machinery answers other methods of the same path; comes after all that answers. */
final class OtherMethods implements Mount {

    private final TreeMap<String, TreeSet<String>> methodsByPath = new TreeMap<>();

    /** Answers for these resources. */
    OtherMethods(List<Route> mounted) {
        for (var route : mounted) {
            var methods = methodsByPath.computeIfAbsent(route.path(), path -> new TreeSet<>());
            methods.add(route.method());
            methods.add("OPTIONS");
        }
    }

    @Override
    public void mount(Router router) {
        methodsByPath.forEach((path, methods) -> {
            var allow = String.join(", ", methods);
            router.route(Routes.pattern(path)).handler(context -> Routes.otherMethod(context, path, allow));
        });
    }
}
