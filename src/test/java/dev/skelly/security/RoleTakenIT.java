package dev.skelly.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.OpenStream;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.TemporaryFolder;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * E-12: a role that one node takes from somebody takes its events from that person's streams on every node within a second, and the past
 * with it.
 *
 * <p>What counts is when an event was sent off, not when a reader's thread came to read it: one that was sent off later than a second after
 * the answer must be on no stream of that person, ever. That a reader who keeps the role gets it shows that it went somewhere.
 */
class RoleTakenIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String TYPES = """
            types:
              - name: desk.called
                meaning: Somebody wants the staff.
                data: {type: object, properties: {why: {type: string, maxLength: 20}}, additionalProperties: false}
                audience: ["role:staff"]
                emit: [admin]
            """;

    private final Path folder = TemporaryFolder.make("skelly-test-events");
    private final WholeNode here;
    private final WholeNode there;
    private final String admin;

    /* Each call's number, and when it was sent off. */
    private final Map<Integer, Long> calls = new ConcurrentSkipListMap<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    RoleTakenIT() throws IOException {
        Files.writeString(folder.resolve("desk.yaml"), TYPES);
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        here = WholeNode.start(settings(ports, 0));
        there = here.beside(settings(ports, 1));
        admin = here.signIn(WholeNode.ADMIN);
    }

    private Map<String, String> settings(List<Integer> ports, int index) {
        return Map.of(
                "ratelimit.enabled",
                "false",
                "events.dir",
                folder.toString(),
                "cluster.enabled",
                "true",
                "cluster.port",
                ports.get(index).toString(),
                "cluster.members",
                "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1));
    }

    @AfterEach
    void stop() {
        there.close();
        here.close();
        TemporaryFolder.delete(folder);
    }

    @Test
    void nothingOfTheRoleComesToEitherNodeAfterASecondNorOnReplay() throws InterruptedException {
        // Given
        sent("PUT", "/api/admin/roles/staff", "{\"grants\":[]}", 200, 201);
        var leaving = clerk("leaving@example.org");
        var token = here.signIn("leaving@example.org");
        assertThat(clerk("staying@example.org")).isNotEmpty();
        var keeper = here.signIn("staying@example.org");
        try (var oneHere = stream(here, token);
                var oneThere = stream(there, token);
                var keptHere = stream(here, keeper);
                var keptThere = stream(there, keeper)) {
            var caller = new Thread(this::callUntilEnough, "caller");
            caller.start();
            for (var stream : List.of(oneHere, oneThere, keptHere, keptThere)) {
                await().atMost(PATIENCE).until(() -> stream.heard("desk.called"));
            }

            // When
            sent("PATCH", "/api/users/" + leaving, "{\"roles\":[\"user\"]}", 200);
            var taken = System.nanoTime();
            await().atMost(PATIENCE).until(() -> callsSince(taken + SOON_NANOS).count() >= 20);
            enough.set(true);
            caller.join(PATIENCE.toMillis());

            // Then
            var tooLate = callsSince(taken + SOON_NANOS).toList();
            for (var kept : List.of(keptHere, keptThere)) {
                await().atMost(PATIENCE).until(() -> heard(kept, tooLate).equals(tooLate));
            }
            for (var one : List.of(oneHere, oneThere)) {
                assertThat(heard(one, tooLate)).isEmpty();
                await().atMost(PATIENCE).until(one::ended);
                assertThat(one.heard("\"reason\":\"auth\"")).isTrue();
            }
            figures(tooLate.size(), lastHeard(oneHere, taken), lastHeard(oneThere, taken));
        }
        nothingIsReplayed(here, token);
        nothingIsReplayed(there, token);
    }

    private void figures(int afterASecond, long lastHere, long lastThere) {
        System.out.println("{\"test\":\"E-12\",\"calls\":" + calls.size() + ",\"afterASecond\":" + afterASecond
                + ",\"lastHeardMs\":[" + lastHere + "," + lastThere + "]}");
    }

    private void nothingIsReplayed(WholeNode node, String before) {
        var now = node.signIn("leaving@example.org");
        try (var replay = new OpenStream(node, "?lastEventId=earliest", "Authorization", "Bearer " + now).ready();
                var former = new OpenStream(node, "?lastEventId=earliest", "Authorization", "Bearer " + before)) {
            assertThat(replay.heard("desk.called")).isFalse();
            assertThat(replay.heard("user.logged-in")).isTrue(); // The past itself is there.
            assertThat(former.status()).isEqualTo(401);
        }
        var history = sent(node, "GET", "/api/events?type=desk.called", now, "");
        assertThat(history.statusCode()).as(history.body()).isEqualTo(200);
        assertThat(node.read(history.body()).path("items")).isEmpty();
    }

    /* On one node and the other in turn, at the pace of their answers. */
    private void callUntilEnough() {
        for (var number = 0; !enough.get(); number++) {
            calls.put(number, System.nanoTime());
            var body = "{\"type\":\"desk.called\",\"data\":{\"why\":\"" + word(number) + "\"}}";
            var answer = sent(number % 2 == 0 ? here : there, "POST", "/api/events", admin, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
    }

    private static String word(int number) {
        return "call-" + number + ".";
    }

    private Stream<Integer> callsSince(long nanos) {
        return calls.entrySet().stream()
                .filter(call -> call.getValue() - nanos > 0)
                .map(Map.Entry::getKey);
    }

    private static List<Integer> heard(OpenStream stream, List<Integer> numbers) {
        var lines = String.join("\n", stream.lines());
        return numbers.stream().filter(number -> lines.contains(word(number))).toList();
    }

    /* When the last call that came was sent off, after the answer: negative where that was before it. */
    private long lastHeard(OpenStream stream, long taken) {
        var all = heard(stream, List.copyOf(calls.keySet()));
        return (Objects.requireNonNull(calls.get(all.get(all.size() - 1))) - taken) / 1_000_000;
    }

    private static OpenStream stream(WholeNode node, String token) {
        return new OpenStream(node, "", "Authorization", "Bearer " + token).ready();
    }

    private String clerk(String email) {
        var id = here.register(email);
        sent("PATCH", "/api/users/" + id, "{\"roles\":[\"user\",\"staff\"]}", 200);
        return id;
    }

    private void sent(String method, String path, String body, Integer... expected) {
        var answer = sent(here, method, path, admin, body);
        assertThat(answer.statusCode()).as(answer.body()).isIn((Object[]) expected);
    }

    private static HttpResponse<String> sent(WholeNode node, String method, String path, String token, String body) {
        var request =
                node.request(path).header("Authorization", "Bearer " + token).header("If-Match", "*");
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return node.send(request.method(method, BodyPublishers.ofString(body)).build());
    }
}
