package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.OpenStream;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E-15, E-16, E-25, E-36: on a whole node that browsers reach over TLS, for every resource that it describes. */
class UnsafeMethodsIT {

    /** Written by the node itself at any time, or by whoever is looked at: an export is an act that the audit tells of. */
    private static final List<String> OF_THE_NODE =
            List.of("relay_lease", "relay_checkpoint", "handover", "scheduled_job", "retention_mark", "audit");

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static String admin;

    @BeforeAll
    static void start() {
        node = WholeNode.start(Map.of("ratelimit.enabled", "false", "http.public-url", "https://skelly.example.org"));
        admin = node.signIn(WholeNode.ADMIN);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<String> paths() {
        var paths = new ArrayList<String>();
        node.read(node.get("/openapi.json").body())
                .path("paths")
                .fieldNames()
                .forEachRemaining(path -> paths.add(
                        path.replaceAll("\\{[^}]*\\}", UUID.randomUUID().toString())));
        paths.addAll(List.of("/", "/docs", "/console/", "/index.html", "/nowhere"));
        return paths;
    }

    private static HttpResponse<String> send(String method, String path) {
        return node.send(node.request(path)
                .header("Authorization", "Bearer " + admin)
                .header("X-Echo", "echoed-by-nobody")
                .header("X-HTTP-Method-Override", "DELETE")
                .method(method, BodyPublishers.noBody())
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "DEBUG", "PROPFIND", "get"})
    void answersNoMethodThatIsNone(String method) {
        for (var path : paths()) {
            var answer = send(method, path);

            assertThat(answer.statusCode()).as(method + " " + path).isIn(400, 404, 405, 501);
            assertThat(answer.body()).as(method + " " + path).doesNotContain("echoed-by-nobody");
            plain(path, answer);
        }
    }

    @Test
    void changesNothingByLooking() {
        // Given
        quiet();
        var before = contents();

        // When
        for (var path : paths()) {
            if (!path.equals("/api/stream")) {
                plain(path, send("GET", path));
                plain(path, send("HEAD", path));
                plain(path, send("OPTIONS", path));
            }
        }

        // Then
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void givesNoCookieThatScriptsOrOtherSitesCanUse() {
        // When
        var answer = node.post("/api/auth/login", Map.of("email", WholeNode.ADMIN, "password", WholeNode.PASSWORD));

        // Then
        var cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies)
                .hasSize(3)
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("; Secure", "; HTTPOnly", "; SameSite=Strict", "; Path=/api")
                        .doesNotContainIgnoringCase("domain"));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://skelly.example.org, same-origin, 200",
        "https://skelly.example.org, cross-site, 403",
        "https://evil.example, cross-site, 403",
        "https://evil.example, same-origin, 403",
        "https://app.skelly.example.org, same-site, 403",
        "http://skelly.example.org, same-site, 403",
        "null, cross-site, 403"
    })
    void opensAStreamByCookieForItsOwnPagesOnly(String origin, String site, int status) {
        // When
        try (var stream =
                new OpenStream(node, "", "Cookie", "session=" + admin, "Origin", origin, "Sec-Fetch-Site", site)) {
            // Then
            assertThat(stream.status()).isEqualTo(status);
        }
    }

    private static void plain(String path, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(path).isLessThan(500);
        assertThat(answer.headers().map()).as(path).doesNotContainKeys("server", "x-powered-by");
        assertThat(answer.body()).as(path).doesNotContain("Exception", "at dev.skelly", "io.vertx");
    }

    /* Workers have done what the start gave them to do. */
    private static void quiet() {
        org.awaitility.Awaitility.await()
                .until(() -> number("select count(*) from event where position is null") == 0
                        && number("select count(*) from inbox") == 0
                        && number("select count(*) from work_done") > 0);
    }

    private static long number(String sql) {
        return Waiting.on(node.database().pool().query(sql).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private static Map<String, String> contents() {
        var contents = new TreeMap<String, String>();
        var tables = Waiting.on(node.database()
                .pool()
                .query("select tablename from pg_tables where schemaname = 'public'")
                .execute());
        for (var row : tables) {
            var table = row.getString(0);
            if (!OF_THE_NODE.contains(table)) {
                var sql = "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from "
                        + table + " t";
                var digest = Waiting.on(node.database().pool().query(sql).execute());
                contents.put(table, digest.iterator().next().getString(0));
            }
        }
        return contents;
    }
}
