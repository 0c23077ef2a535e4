package dev.skelly.apidocs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The API description: OpenAPI 3.1 of every route. */
final class OpenApi {

    private static final String DESCRIPTION = """
            Made from the routes of this program, so that it says what is so.

            Every answer carries `X-Request-Id`; a request may bring its own. A refusal is `application/problem+json` (RFC 9457) and
            names every fault at once. Before a route is known a request line can be too long (414) and headers too large (431); another
            method of a path gets 405 with `Allow`, and HEAD is answered as GET but for the stream. Whatever wrote something tells in `position` or `Skelly-Position` where the log stood after it.
            Events are described in `/asyncapi.json`.""";

    private OpenApi() {}

    static Map<String, Object> of(ApiModel surface) {
        var schemas = new NamedSchemas(RouteProblems.codes(surface));
        var paths = paths(surface, schemas);
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put("info", info(surface));
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("tags", tags(surface));
        document.put("paths", paths);
        var components = new LinkedHashMap<String, Object>();
        components.put("schemas", schemas.all());
        components.put("securitySchemes", SecuritySchemes.all());
        document.put("components", components);
        return document;
    }

    private static Map<String, Object> info(ApiModel surface) {
        var info = new LinkedHashMap<String, Object>();
        info.put("title", "Skelly");
        info.put("version", surface.version());
        info.put("description", DESCRIPTION);
        info.put("license", Map.of("name", "Apache-2.0", "identifier", "Apache-2.0"));
        return info;
    }

    private static List<Object> tags(ApiModel surface) {
        List<Object> tags = new ArrayList<>();
        surface.operations().stream()
                .map(ApiModel.Operation::tag)
                .distinct()
                .sorted()
                .forEach(tag -> {
                    var described = new LinkedHashMap<String, Object>();
                    described.put("name", tag);
                    described.put("description", "What " + tag + " answers.");
                    tags.add(described);
                });
        return tags;
    }

    private static Map<String, Object> paths(ApiModel surface, NamedSchemas schemas) {
        var paths = new LinkedHashMap<String, Object>();
        var byPath = new TreeMap<String, List<ApiModel.Operation>>();
        surface.operations()
                .forEach(operation -> byPath.computeIfAbsent(operation.route().path(), path -> new ArrayList<>())
                        .add(operation));
        byPath.forEach((path, operations) -> {
            var item = new LinkedHashMap<String, Object>();
            for (var operation : operations) {
                item.put(operation.route().method().toLowerCase(Locale.ROOT), OperationObjects.of(operation, schemas));
            }
            paths.put(path, item);
        });
        return paths;
    }
}
