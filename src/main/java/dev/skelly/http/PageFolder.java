package dev.skelly.http;

import dev.skelly.event.Sha256;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a folder at {@code /app/}: the pages of the application. Each request reads the file as it is now, so an edit is seen
 * after a reload. No hidden file and no file outside the folder is served, also not through a link. Safe on any thread.
 */
public final class PageFolder implements RouterPart {

    private static final String ROOT = "/app";
    private static final String ALLOW = "GET, HEAD, OPTIONS";
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                    + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; script-src 'self'";

    private static final int PAGE_BYTES_MAX = 1024 * 1024; // The inline scripts of a longer page are not allowed.

    /* A file system may keep times in whole seconds: two edits within one of them have the same time. */
    private static final Duration TIME_STEP = Duration.ofSeconds(2);

    /**
     * A file of the folder.
     *
     * @param page the content of an HTML page; null for a file that is streamed
     * @param etag null when the file may change without its time changing
     */
    private record FoundFile(
            Path path,
            long bytes,
            @Nullable Buffer page,
            @Nullable String etag) {}

    private final Path folder;
    private final Clock clock;

    /**
     * Serves a folder.
     *
     * @param config names the folder, which may appear later
     */
    public PageFolder(PagesConfig config, Clock clock) {
        this.folder = config.dir().toAbsolutePath();
        this.clock = clock;
    }

    @Override
    public void mount(Router router) {
        for (var path : List.of(ROOT, ROOT + "/*")) {
            router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
            router.route(path).handler(context -> RouteRegistrar.otherMethod(context, ROOT, ALLOW));
        }
    }

    private void serve(RoutingContext context) {
        RequestContext.route(context, ROOT);
        var path = String.valueOf(context.request().path());
        var answered = path.equals(ROOT) ? redirect(context, ROOT + "/") : file(context, path);
        answered.onFailure(failure -> ProblemWriter.write(context, failure));
    }

    private Future<Void> file(RoutingContext context, String path) {
        return Future.succeededFuture(path.substring(ROOT.length() + 1))
                .map(rest -> PagePath.of(rest).orElseThrow(PageFolder::missing))
                .compose(asked -> context.vertx().executeBlocking(() -> find(asked), false))
                .compose(found -> found == null ? redirect(context, path + "/") : send(context, found));
    }

    private static Future<Void> redirect(RoutingContext context, String path) {
        return context.response()
                .setStatusCode(308)
                .putHeader("Location", path)
                .putHeader("Cache-Control", "no-cache")
                .end();
    }

    private static Problem missing() {
        return Problem.notFound("no such file");
    }

    /* Returns null for a folder whose path lacks the last slash; relative links of its page would be wrong. Blocks. */
    private @Nullable FoundFile find(PagePath asked) throws IOException {
        try {
            var root = folder.toRealPath();
            var file = inside(root, String.join("/", asked.names()));
            if (Files.isDirectory(file)) {
                return asked.folder()
                        ? read(inside(
                                root,
                                root.relativize(file.resolve("index.html")).toString()))
                        : null;
            }
            if (asked.folder()) {
                throw missing();
            }
            return read(file);
        } catch (IOException | InvalidPathException gone) {
            throw missing();
        }
    }

    /* Follows links, which must end in the folder and not at a hidden file. */
    private static Path inside(Path root, String relative) throws IOException {
        var real = root.resolve(relative).toRealPath();
        if (!real.startsWith(root)) {
            throw missing();
        }
        var hidden = !real.equals(root)
                && !StreamSupport.stream(root.relativize(real).spliterator(), false)
                        .allMatch(name -> PagePath.isPlain(name.toString()));
        if (hidden) {
            throw missing();
        }
        return real;
    }

    private FoundFile read(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() || !Files.isReadable(file)) {
            throw missing();
        }
        var page = isPage(file) && attributes.size() <= PAGE_BYTES_MAX ? Buffer.buffer(Files.readAllBytes(file)) : null;
        return new FoundFile(
                file, attributes.size(), page, page == null ? etag(attributes) : Sha256.entityTag(page.getBytes()));
    }

    private static boolean isPage(Path file) {
        return String.valueOf(MediaTypes.of(file.toString())).startsWith("text/html");
    }

    private @Nullable String etag(BasicFileAttributes attributes) {
        var modified = attributes.lastModifiedTime().toInstant();
        return modified.isAfter(clock.instant().minus(TIME_STEP))
                ? null
                : "\"" + Long.toHexString(attributes.size()) + "-" + Long.toHexString(modified.getEpochSecond()) + "-"
                        + Integer.toHexString(modified.getNano()) + "\"";
    }

    private static Future<Void> send(RoutingContext context, FoundFile file) {
        var response = context.response()
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Content-Security-Policy", policy(file))
                .putHeader("Referrer-Policy", "same-origin");
        if (file.etag() != null) {
            response.putHeader("ETag", file.etag());
            if (Preconditions.unchanged(context.request(), file.etag())) {
                return response.setStatusCode(304).end();
            }
        }
        response.putHeader(
                "Content-Type",
                Optional.ofNullable(MediaTypes.of(file.path().toString())).orElse("application/octet-stream"));
        return file.page() == null ? stream(context, file) : ResponseWriter.end(context, file.page());
    }

    private static String policy(FoundFile file) {
        var sources = file.page() == null
                ? List.<String>of()
                : InlineScripts.sources(file.page().toString(StandardCharsets.UTF_8));
        return sources.isEmpty() ? POLICY : POLICY + " " + String.join(" ", sources);
    }

    private static Future<Void> stream(RoutingContext context, FoundFile file) {
        if (HttpMethod.HEAD.equals(context.request().method())) {
            return context.response()
                    .putHeader("Content-Length", Long.toString(file.bytes()))
                    .end();
        }
        return context.vertx()
                .fileSystem()
                .open(
                        file.path().toString(),
                        new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .compose(content -> context.response().send(content).onComplete(sent -> content.close()));
    }
}
