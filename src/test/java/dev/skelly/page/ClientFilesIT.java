package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.WebServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client as the server gives it to pages. */
class ClientFilesIT {

    private static final int CORE_BYTES_MAX = 10_000;
    private static final int REACT_BYTES_MAX = 3_000;
    private static final int SMALLEST = 9;

    @SuppressWarnings("NullAway.Init")
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer(
                WebServer.config(),
                List.of(),
                List.of(router -> router.get("/elsewhere").handler(request -> {
                    request.response()
                            .headers()
                            .remove("Content-Security-Policy")
                            .set("Content-Type", "text/html");
                    request.end("<p>elsewhere");
                })));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return String.join("|", answer.headers().allValues(name));
    }

    private static int gzipped(String path) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(SMALLEST);
            }
        }) {
            zip.write(server.get(path).body().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/client.js",
                "/client/react.js",
                "/client/tanstack-query.js",
                "/client/zustand.js",
                "/client/redux.js",
                "/client/testing.js"
            })
    void pagesOfAllOriginsMayLoadIt(String path) {
        for (var file : List.of(path, path.replace(".js", ".d.ts"))) {
            var answer = server.get(file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(header(answer, "Content-Type"))
                    .isEqualTo(file.equals(path) ? "text/javascript; charset=utf-8" : "text/plain; charset=utf-8");
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.body()).contains("export").doesNotContain("sourceMappingURL");
        }
    }

    @Test
    void isValidatedByItsEntityTag() {
        var etag = header(server.get("/client.js"), "ETag");
        var again = server.send(
                server.request("/client.js").header("If-None-Match", etag).build());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(header(again, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(again, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app.js", "/docs/docs.js", "/client/missing.js", "/client"})
    void nothingElseIsOpenToOtherOrigins(String path) {
        var answer = server.get(path);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    void isSmall() throws IOException {
        assertThat(gzipped("/client.js")).isBetween(1, CORE_BYTES_MAX);
        assertThat(gzipped("/client/react.js")).isBetween(1, REACT_BYTES_MAX);
    }

    @Test
    void aPageOfAnotherOriginImportsIt() {
        try (var browser = Browser.open()) {
            browser.go("http://localhost:" + server.server().port() + "/elsewhere");
            for (var file : List.of("client.js", "app.js")) {
                browser.act(
                        "import('%s/%s').then(module => window.got = typeof module.createClient, () => window.got = 'refused')"
                                .formatted(server.server().url(), file));
                await().until(() -> browser.is("window.got"));
                assertThat(browser.ask("window.got").textValue())
                        .isEqualTo(file.equals("client.js") ? "function" : "refused");
                browser.act("delete window.got");
            }
        }
    }
}
