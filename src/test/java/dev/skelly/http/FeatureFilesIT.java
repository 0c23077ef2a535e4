package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.TestJar;
import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web files of features of other jars. */
class FeatureFilesIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private URLClassLoader loader(TestJar jar, String name) {
        try {
            var file = jar.write(folder.resolve(name));
            return new URLClassLoader(new URL[] {file.toUri().toURL()}, StaticFiles.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Consumer<WebServer> asking) throws IOException {
        var jar = new TestJar()
                .file("web/orders/index.html", "<p>orders")
                .file("web/orders/css/a.css", "p {}")
                .file("web/orders/secret.pem", "secret")
                .file("web/stock/index.html", "not its own")
                .file("web/other.html", "not its own")
                .file("web/docs/index.html", "not ours")
                .file("web/docs/extra.html", "of the feature docs")
                .file("web/client/extra.js", "of the feature client")
                .file("db/orders/a.css", "no web file");
        try (var orders = loader(jar, "orders.jar");
                var stock = loader(new TestJar().file("web/stock/a.js", "1"), "stock.jar");
                var server = new WebServer(
                        WebServer.config(),
                        List.of(),
                        List.of(new StaticFiles(
                                Map.of("orders", orders, "docs", orders, "client", orders, "stock", stock))))) {
            asking.accept(server);
        }
    }

    @Test
    void servesThemAsOurOwn() throws IOException {
        serve(server -> {
            var page = server.get("/orders/");
            var again = server.send(server.request("/orders/index.html")
                    .header("If-None-Match", page.headers().firstValue("ETag").orElseThrow())
                    .build());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).isEqualTo("<p>orders");
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'");
            assertThat(again.statusCode()).isEqualTo(304);
        });
    }

    @Test
    void servesEachBelowTheNameOfItsFeatureAndOurOwnFirst() throws IOException {
        serve(server -> {
            assertThat(server.get("/orders/css/a.css").body()).isEqualTo("p {}");
            assertThat(server.get("/stock/a.js").body()).isEqualTo("1");
            assertThat(server.get("/toy.html").statusCode()).isEqualTo(200);
            assertThat(server.get("/docs/").statusCode()).isEqualTo(200);
            assertThat(server.get("/docs/").body()).doesNotContain("not ours");
            assertThat(server.get("/docs/extra.html").body()).isEqualTo("of the feature docs");
        });
    }

    @Test
    void opensToOtherOriginsOnlyOurOwnClient() throws IOException {
        serve(server -> {
            assertThat(server.get("/client.js").headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(server.get("/client/extra.js").body()).isEqualTo("of the feature client");
            assertThat(server.get("/client/extra.js").headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        });
    }

    @Test
    void leadsNoPathOutOfTheFolderOfTheFeature() throws IOException {
        serve(server -> assertThat(List.of(
                        "/orders",
                        "/orders/secret.pem",
                        "/orders/missing.css",
                        "/stock/",
                        "/other.html",
                        "/orders/../other.html",
                        "/orders/%2e%2e/other.html",
                        "/orders//index.html",
                        "/orders/../../db/orders/a.css"))
                .allSatisfy(path ->
                        assertThat(server.get(path).statusCode()).as(path).isEqualTo(404)));
    }
}
