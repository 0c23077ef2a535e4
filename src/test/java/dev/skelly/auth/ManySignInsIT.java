package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** E-24, E-08: many who sign in at once keep nobody else waiting, and many who use one refresh token are one. */
class ManySignInsIT {

    private static final Pattern TOKEN = Pattern.compile("\"refreshToken\":\"([^\"]+)\"");
    private static final int AT_ONCE = 100;
    private static final int USES = 50;
    private static final Duration LOOP_MAX = Duration.ofMillis(200);
    private static final Duration REST_MAX = Duration.ofMillis(500);

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        var settings = new HashMap<>(WholeNode.DEAR_PASSWORDS);
        settings.put("ratelimit.enabled", "false");
        node = WholeNode.start(settings);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return client.sendAsync(
                node.request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String credentials(int n) {
        var password = n % 2 == 0 ? WholeNode.PASSWORD : "wrong " + n;
        return "{\"email\":\"" + WholeNode.ADMIN + "\",\"password\":\"" + password + "\"}";
    }

    @Test
    void keepNobodyElseWaiting() {
        var token = node.signIn(WholeNode.ADMIN);
        var live = node.request("/health/live").build();
        var me = node.request("/api/me")
                .header("Authorization", "Bearer " + token)
                .build();
        IntStream.range(0, 200).forEach(warm -> asked(warm % 2 == 0 ? live : me));

        var signIns = IntStream.range(0, AT_ONCE)
                .mapToObj(n -> post("/api/auth/login", credentials(n)))
                .toList();
        var loops = new ArrayList<Duration>();
        var rests = new ArrayList<Duration>();
        while (!signIns.stream().allMatch(CompletableFuture::isDone)) {
            loops.add(asked(live));
            rests.add(asked(me));
        }
        var statuses = new TreeMap<>(signIns.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting())));
        System.out.println("{\"test\":\"E-24\",\"signIns\":\"" + statuses + "\",\"asked\":" + loops.size() + "}");
        assertThat(statuses.keySet()).isSubsetOf(200, 401, 503).contains(200);
        assertThat(signIns.stream().map(CompletableFuture::join).filter(answer -> answer.statusCode() == 503))
                .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
        assertThat(loops).hasSizeGreaterThan(20);
        Torture.promise("E-24 event loop", p99(loops), LOOP_MAX);
        Torture.promise("E-24 others", p99(rests), REST_MAX);
    }

    @CanIgnoreReturnValue // the first answers only warm the node up
    private static Duration asked(HttpRequest request) {
        var begun = System.nanoTime();
        var answer = node.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Duration p99(List<Duration> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }

    @Test
    void useOneRefreshTokenAsOne() {
        // Given
        var first = cookie(post("/api/auth/login", credentials(0)).join());

        // When
        var answers = IntStream.range(0, USES)
                .mapToObj(use -> post("/api/auth/refresh", "{\"refreshToken\":\"" + first + "\"}"))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        var successors = answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .map(ManySignInsIT::successor)
                .collect(Collectors.toSet());

        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(successors).hasSize(1).doesNotContain(first);
        var next = post(
                        "/api/auth/refresh",
                        "{\"refreshToken\":\"" + successors.iterator().next() + "\"}")
                .join();
        assertThat(next.statusCode()).isEqualTo(200);
        var stolen = post("/api/auth/refresh", "{\"refreshToken\":\"" + first + "\"}")
                .join();
        assertThat(stolen.statusCode()).isEqualTo(401); // Two turns ago: the whole family ends.
        var family = post("/api/auth/refresh", "{\"refreshToken\":\"" + successor(next) + "\"}")
                .join();
        assertThat(family.statusCode()).isEqualTo(401);
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("refresh="))
                .map(cookie -> cookie.substring("refresh=".length(), cookie.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
    }

    /* A token that came in the body is answered in the body. */
    private static String successor(HttpResponse<String> answer) {
        var found = TOKEN.matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }
}
