package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.ChaosProxy;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** E-26: a node that cannot know who lost a right lets nobody in, five seconds after it last knew. */
class DatabaseAwayIT {

    private static final Duration TRUST_MAX = RightsConfig.DEFAULT.staleMax();
    private static final Duration ASKING = Duration.ofMillis(500); // One question may be under way when trust ends.

    private static final AtomicReference<ChaosProxy> PROXY = new AtomicReference<>();

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @BeforeAll
    static void start() {
        node = WholeNode.startBehind(
                port -> {
                    PROXY.set(new ChaosProxy(port));
                    return proxy().port();
                },
                Map.of("ratelimit.enabled", "false"));
    }

    @AfterAll
    static void stop() {
        node.close();
        proxy().close();
    }

    private static ChaosProxy proxy() {
        return Objects.requireNonNull(PROXY.get());
    }

    /* Answered from memory, with types that only administrators may know: nothing but the token decides. */
    private static HttpResponse<String> ask(String token) {
        return node.send(node.request("/api/event-types")
                .header("Authorization", "Bearer " + token)
                .build());
    }

    /* Silence is the worse of the two: nothing tells the node that it is alone. */
    static Stream<String> ways() {
        return Torture.ON ? Stream.of("silent", "refusing") : Stream.of("silent");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nobodyIsLetInUntilItIsBack(String how) {
        // Given
        await().until(() -> node.get("/health/ready").statusCode() == 200);
        var admin = node.signIn(WholeNode.ADMIN);
        node.register(how + "@example.org");
        var person = node.signIn(how + "@example.org");
        var session = session(person);
        try (var stream = new OpenStream(node, "", "Authorization", "Bearer " + admin).ready()) {
            // When
            away(how);

            // Then
            Torture.promise("E-26 " + how, trusted(admin), TRUST_MAX.plus(ASKING));
            nothingIsLetIn(admin);
            assertThat(stream.heard("\"specversion\"")).isFalse();
        } finally {
            // What ends meanwhile has ended when the node is back.
            end(session);
            back();
        }
        assertThat(firstWordsTo(person)).doesNotContain(200).endsWith(401);
        assertThat(ask(admin).statusCode()).isEqualTo(200);
    }

    /* For how long somebody is let in who was let in before. */
    private static Duration trusted(String token) {
        var begun = System.nanoTime();
        var last = begun;
        var answers = new ArrayList<Integer>();
        while (System.nanoTime() - begun < Waiting.LIMIT.toNanos() && !answers.contains(503)) {
            var asked = System.nanoTime();
            answers.add(ask(token).statusCode());
            last = answers.get(answers.size() - 1) == 200 ? asked : last;
        }
        assertThat(answers).contains(200, 503).containsOnly(200, 503);
        return Duration.ofNanos(last - begun);
    }

    private static String session(String token) {
        var sessions = node.send(node.request("/api/auth/sessions")
                .header("Authorization", "Bearer " + token)
                .build());
        return node.read(sessions.body()).path("current").asText();
    }

    /* By another way than the node's. */
    private static void end(String session) {
        node.database()
                .execute("insert into rights_change (account, session) select account, id from session where id = '"
                        + session + "'");
    }

    private static List<Integer> firstWordsTo(String token) {
        var answers = new ArrayList<Integer>();
        await().until(() -> {
            answers.add(ask(token).statusCode());
            return answers.get(answers.size() - 1) != 503;
        });
        return answers;
    }

    private static void away(String how) {
        if (how.equals("silent")) {
            proxy().silenceServer(true);
            proxy().silenceClient(true);
        } else {
            proxy().refuse(true);
        }
    }

    private static void back() {
        proxy().silenceServer(false);
        proxy().silenceClient(false);
        proxy().refuse(false);
        proxy().cut(); // What was thrown away would be missed in the middle of a conversation.
    }

    private static void nothingIsLetIn(String token) {
        var bearer = List.of("Authorization", "Bearer " + token).toArray(String[]::new);
        try (var stream = new OpenStream(node, "", bearer)) {
            assertThat(stream.status()).isEqualTo(503);
        }
        var me = node.send(node.request("/api/me").headers(bearer).build());
        var ready = node.get("/health/ready");
        assertThat(List.of(me, ready)).extracting(HttpResponse::statusCode).containsOnly(503);
        assertThat(me.headers().firstValue("Retry-After")).isPresent();
        assertThat(me.body() + ready.body()).doesNotContain("postgres", "Exception", ":5432", "refused");
    }
}
