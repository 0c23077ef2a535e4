package dev.skelly.http;

import dev.skelly.event.Sha256;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the class path folder {@code web/} at {@code /}, and {@code web/<feature>/} of other jars at {@code /<feature>/}, unless the program
 * has a file there. Files are read once and cached: they are part of a jar. Safe on any thread.
 *
 * <p>Only names of plain words with a known suffix are looked up, so that no path leads out of the folder.
 *
 * <p>Pages of all origins may load the program's client package, {@code /client.js}, {@code /client.d.ts}, {@code /client.tgz} and what is in {@code /client/}: it is
 * public code, and the same for everyone. All other files are for pages of this origin.
 */
final class StaticFiles implements RouterPart {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+");
    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Pattern CLIENT = Pattern.compile("/client(?:\\.js|\\.d\\.ts|\\.tgz|/.*)");

    private record StaticFile(Buffer content, String type, String etag, boolean everyOrigin) {}

    private final Map<String, StaticFile> pages =
            new ConcurrentHashMap<>(); // Only files of the jars, so it is bounded by them.
    private final Map<String, ClassLoader> features;

    /** Serves the files of the program alone. */
    StaticFiles() {
        this(Map.of());
    }

    /**
     * Serves the files of the program, and those of features of other jars.
     *
     * @param features the class loader that holds {@code web/<name>/} of each feature, by its name
     */
    StaticFiles(Map<String, ClassLoader> features) {
        this.features = Map.copyOf(features);
    }

    @Override
    public void mount(Router router) {
        router.route("/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> page(context)
                        .onSuccess(page -> send(context, page))
                        .onFailure(failure -> ProblemWriter.write(context, failure)));
    }

    private Future<StaticFile> page(RoutingContext context) {
        var path = context.request().path();
        var name = path == null ? "/" : path;
        var file = name.endsWith("/") ? name + "index.html" : name;
        var known = pages.get(file);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        var type = MediaTypes.of(file);
        if (type == null || !PATH.matcher(file).matches()) {
            return Future.failedFuture(missing());
        }
        return context.vertx().executeBlocking(() -> read(file, type), false).map(StaticFiles::found);
    }

    private static StaticFile found(@Nullable StaticFile page) {
        if (page == null) {
            throw missing();
        }
        return page;
    }

    private static Problem missing() {
        return Problem.notFound("no such resource");
    }

    private @Nullable StaticFile read(String file, String type) throws IOException {
        try (var own = StaticFiles.class.getClassLoader().getResourceAsStream("web" + file);
                var stream = own == null ? ofFeature(file) : own) {
            if (stream == null) {
                return null;
            }
            var bytes = stream.readAllBytes();
            var client = own != null && CLIENT.matcher(file).matches();
            var page = new StaticFile(Buffer.buffer(bytes), type, Sha256.entityTag(bytes), client);
            pages.put(file, page);
            return page;
        }
    }

    private @Nullable InputStream ofFeature(String file) {
        var feature = features.get(file.substring(1, Math.max(1, file.indexOf('/', 1))));
        return feature == null ? null : feature.getResourceAsStream("web" + file);
    }

    private static void send(RoutingContext context, StaticFile page) {
        RequestContext.route(context, "page");
        context.response()
                .putHeader("ETag", page.etag())
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "same-origin");
        if (page.everyOrigin()) {
            context.response()
                    .putHeader("Access-Control-Allow-Origin", "*")
                    .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
        var sent = Preconditions.unchanged(context.request(), page.etag())
                ? context.response().setStatusCode(304).end()
                : content(context, page);
        sent.onFailure(failure -> ProblemWriter.write(context, failure));
    }

    private static Future<Void> content(RoutingContext context, StaticFile page) {
        context.response().putHeader("Content-Type", page.type());
        return ResponseWriter.end(context, page.content());
    }
}
