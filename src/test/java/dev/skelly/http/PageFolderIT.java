package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the application at {@code /app/}. */
class PageFolderIT {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path web;

    @SuppressWarnings("NullAway.Init")
    private WebServer server;

    @BeforeEach
    void serve() throws IOException {
        web = folder.resolve("web");
        write(folder, "secret.txt", "hush");
        write(folder, "web-other/index.html", "hush");
        server = new WebServer(
                WebServer.config(), List.of(), List.of(new PageFolder(new PagesConfig(web), Clock.systemUTC())));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void write(Path folder, String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /* The Java client tidies a path before it sends it. */
    private String raw(String target) throws IOException {
        try (var socket = server.socket()) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void servesFilesByTheirTypesAndFoldersByTheirIndex() throws IOException {
        write(web, "index.html", "<p>home");
        write(web, "Größe 1.css", "p {}");
        write(web, "shop/index.html", "<p>shop");
        write(web, "shop/main.mjs", "export {}");
        write(web, "shop/data.bin", "x".repeat(300_000));

        assertThat(header(server.get("/app"), "Location")).isEqualTo("/app/");
        assertThat(server.get("/app/").body()).isEqualTo("<p>home");
        assertThat(header(server.get("/app/shop"), "Location")).isEqualTo("/app/shop/");
        assertThat(server.get("/app/shop/").body()).isEqualTo("<p>shop");
        assertThat(server.get("/app/Gr%C3%B6%C3%9Fe%201.css").body()).isEqualTo("p {}");
        assertThat(header(server.get("/app/shop/main.mjs"), "Content-Type"))
                .isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(server.get("/app/shop/data.bin"), "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(server.get("/app/shop/data.bin").body()).hasSize(300_000);
    }

    @Test
    void showsAnEditAfterAReload() throws IOException {
        // Given
        write(web, "a.js", "one");
        Files.setLastModifiedTime(web.resolve("a.js"), LONG_AGO);
        var first = server.get("/app/a.js");
        var reload = server.request("/app/a.js")
                .header("If-None-Match", header(first, "ETag"))
                .build();
        var unchanged = server.send(reload);

        // When
        write(web, "a.js", "two");

        // Then
        var edited = server.send(reload);
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(edited.statusCode()).isEqualTo(200);
        assertThat(edited.body()).isEqualTo("two");
        assertThat(header(edited, "ETag"))
                .as("of a file that may change within the same second")
                .isEmpty();
    }

    @Test
    void appearsWithTheFolder() throws IOException {
        var before = server.get("/app/").statusCode();
        write(web, "index.html", "<p>home");

        assertThat(before).isEqualTo(404);
        assertThat(server.get("/app/").statusCode()).isEqualTo(200);
    }

    @Test
    void leadsNoPathOutOfTheFolder() throws IOException {
        write(web, "index.html", "<p>home");
        write(web, "a/b.txt", "b");
        write(web, ".env", "hush");
        write(web, ".git/config", "hush");
        for (var target : List.of(
                "/app/../secret.txt",
                "/app/%2e%2e/secret.txt",
                "/app/a/..%2f..%2fsecret.txt",
                "/app/a/../../secret.txt",
                "/app/..%5csecret.txt",
                "/app/../web-other/index.html",
                "/app//etc/passwd",
                "/app/%2fetc/passwd",
                "/app/.env",
                "/app/%2eenv",
                "/app/.git/config",
                "/app/.git/",
                "/app/a/./b.txt",
                "/app/a//b.txt",
                "/app/a/b.txt/",
                "/app/a/b.txt%01.html",
                "/app/a/%c0%ae%c0%ae/b.txt",
                "/app/missing.txt")) {
            assertThat(raw(target)).as(target).startsWith("HTTP/1.1 404").doesNotContain("hush");
        }
        assertThat(raw("/app/a/b.txt")).startsWith("HTTP/1.1 200");
    }

    @Test
    void followsNoLinkOutOfTheFolderOrToAHiddenFile() throws IOException {
        write(web, "real.txt", "real");
        write(web, ".hidden", "hush");
        Files.createSymbolicLink(web.resolve("inside.txt"), Path.of("real.txt"));
        Files.createSymbolicLink(web.resolve("outside.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(web.resolve("up"), folder);
        Files.createSymbolicLink(web.resolve("next"), folder.resolve("web-other"));
        Files.createSymbolicLink(web.resolve("shown.txt"), Path.of(".hidden"));
        Files.createSymbolicLink(web.resolve("loop"), Path.of("loop"));

        assertThat(server.get("/app/inside.txt").body()).isEqualTo("real");
        for (var path : List.of("outside.txt", "up/secret.txt", "next/", "next/index.html", "shown.txt", "loop")) {
            assertThat(server.get("/app/" + path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void isOnlyRead() throws IOException {
        write(web, "index.html", "<p>home");

        var written = server.post("/app/index.html", "{}");
        var length = server.send(server.request("/app/")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(written.statusCode()).isEqualTo(405);
        assertThat(header(written, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(header(length, "Content-Length")).isEqualTo("7");
        assertThat(Files.readString(web.resolve("index.html"))).isEqualTo("<p>home");
    }

    /** The digest was computed with {@code openssl dgst -sha256 -binary | base64}. */
    @Test
    void allowsTheInlineScriptsOfThePageAndNoOthers() throws IOException {
        write(
                web,
                "index.html",
                "<SCRIPT type=\"module\" data-a='>'>alert(1)\r\n</Script><script src=\"a.js\"></script>");
        write(web, "plain.html", "<p onclick=\"alert(1)\">");

        var policy = header(server.get("/app/"), "Content-Security-Policy");

        assertThat(policy)
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                .endsWith("script-src 'self' 'sha256-MaeD7tQk/YNyd6Pm9J12ROmv0Z93QwNN4VH7v3gI+RI='");
        assertThat(header(server.get("/app/plain.html"), "Content-Security-Policy"))
                .endsWith("script-src 'self'");
        assertThat(header(server.get("/app/"), "X-Content-Type-Options")).isEqualTo("nosniff");
    }
}
