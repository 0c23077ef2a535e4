package dev.skelly.apidocs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Generates the OpenAPI 3.1 document of all routes. */
final class OpenApi {

    private static final String DESCRIPTION = """
            Generated from the routes of this program.

            Every response has an `X-Request-Id`; a request may send its own. A rejected request gets `application/problem+json` (RFC 9457),
            which lists all errors at once. A request line that is too long gets 414, headers that are too large get 431, and another
            method of a path gets 405 with `Allow`. HEAD is handled as GET, except for the stream. Responses to writes contain the
            log's position after the write, in `position` or `Skelly-Position`.
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
                    described.put("description", "The routes of " + tag + ".");
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
