package dev.skelly.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
 * <p>What counts is when an event was sent off, not when a reader's thread came to read it: the last that came must have been sent off within a
 * second after the answer, and one that was sent off after the streams ended comes by no way at all. That a reader who keeps the role gets it
 * shows that it went somewhere.
 */
class RoleTakenIT {

    private static final Duration SOON = Duration.ofSeconds(1);
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
        var settings = new HashMap<>(ClusterSettings.of(ports, index));
        settings.put("ratelimit.enabled", "false");
        settings.put("events.dir", folder.toString());
        return settings;
    }

    @AfterEach
    void stop() {
        there.close();
        here.close();
        TemporaryFolder.delete(folder);
    }

    @Test
    void nothingOfTheRoleComesToEitherNodeAfterwardsNorOnReplay() throws InterruptedException {
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
            Stream.of(oneHere, oneThere, keptHere, keptThere).forEach(RoleTakenIT::called);

            // When
            sent("PATCH", "/api/users/" + leaving, "{\"roles\":[\"user\"]}", 200);
            var taken = System.nanoTime();
            endedForRights(oneHere);
            endedForRights(oneThere);
            var ended = System.nanoTime();
            await().until(() -> callsSince(ended).count() >= 20);
            enough.set(true);
            caller.join(Waiting.LIMIT.toMillis());

            // Then
            var tooLate = callsSince(ended).toList();
            for (var kept : List.of(keptHere, keptThere)) {
                await().until(() -> heard(kept, tooLate).equals(tooLate));
            }
            for (var one : List.of(oneHere, oneThere)) {
                assertThat(heard(one, tooLate)).isEmpty();
                Torture.promise("E-12", lastHeard(one, taken), SOON);
            }
        }
        nothingIsReplayed(here, token);
        nothingIsReplayed(there, token);
    }

    private static void called(OpenStream stream) {
        await().until(() -> stream.heard("desk.called"));
    }

    private static void endedForRights(OpenStream stream) {
        await().until(stream::ended);
        assertThat(stream.heard("\"reason\":\"auth\"")).isTrue();
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
    private Duration lastHeard(OpenStream stream, long taken) {
        var all = heard(stream, List.copyOf(calls.keySet()));
        return Duration.ofNanos(Objects.requireNonNull(calls.get(all.get(all.size() - 1))) - taken);
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
