package dev.skelly.features.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.testing.ForgedCursor;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** D-04, E-21: cursors that nobody gave out, or gave to somebody else, sent to everything that takes one. */
class ForgedCursorsIT {

    private static final int FORGED = 400;
    private static final int STREAMS = 30;
    private static final int STREAMS_TOGETHER = 10;
    private static final Set<String> TAKING = Set.of("after", "cursor", "lastEventId");

    private static final Set<Integer> REFUSED = Set.of(400, 414, 422);

    /* Lists of administrators go on from an id, and any id is a place in them; all that counts is that it is no fault of ours. */
    private static final Set<Integer> ANSWERED = Set.of(200, 400, 414, 422);

    private static final long SEED = Torture.seed("D-04 http");

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static CursorCodec cursors;

    @SuppressWarnings("NullAway.Init")
    private static String admin;

    @BeforeAll
    static void start() {
        node = WholeNode.start(Map.of("ratelimit.enabled", "false"));
        cursors = Waiting.on(CursorCodec.load(node.database().pool()));
        admin = node.signIn(WholeNode.ADMIN);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JsonNode get(String path, String token) {
        var answer = node.send(
                node.request(path).header("Authorization", "Bearer " + token).build());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return node.read(answer.body());
    }

    private static List<String> takingCursors() {
        var found = new ArrayList<String>();
        var paths = node.read(node.get("/openapi.json").body()).path("paths");
        for (var path : paths.properties()) {
            for (var parameter : path.getValue().path("get").path("parameters")) {
                if (TAKING.contains(parameter.path("name").asText())
                        && !path.getKey().equals("/api/stream")
                        && !path.getKey().equals("/api/orders/{id}")) { // Of one order it changes nothing.
                    found.add(path.getKey().replace("{channel}", "topic:feedback%2Fhall") + "?"
                            + parameter.path("name").asText() + "=");
                }
            }
        }
        return found;
    }

    /* Made with the log's own key, which nobody outside has: places that cannot be. */
    private static List<String> impossible() {
        return Stream.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, 1L << 63, 1L << 61, 1_000_000_000L)
                .flatMap(place -> Stream.of(cursors.position(place), cursors.write(place)))
                .toList();
    }

    private static List<String> forged() {
        var forgery = new ForgedCursor(new Random(SEED), cursors);
        return Stream.concat(
                        Stream.generate(forgery::next).limit(FORGED),
                        Stream.of("", "0", "-1", "9223372036854775808", "latest", "x".repeat(5_000), "null", "[]"))
                .toList();
    }

    @Test
    void noListTakesOneThatWasNotGivenOut() {
        var lists = takingCursors();
        var statuses = new TreeMap<String, Integer>();
        for (var list : lists) {
            for (var cursor : forged()) {
                statuses.merge(ask(list, cursor, list.contains("?after=") ? REFUSED : ANSWERED), 1, Integer::sum);
            }
            if (list.startsWith("/api/admin/sales")) {
                continue; // It waits some seconds for each of these, because a write may still be sequenced.
            }
            for (var cursor : impossible()) {
                statuses.merge(ask(list, cursor, ANSWERED), 1, Integer::sum);
            }
        }

        assertThat(lists).hasSizeGreaterThanOrEqualTo(3);
        System.out.println("{\"test\":\"D-04 http\",\"seed\":" + SEED + ",\"lists\":" + lists + ",\"statuses\":\""
                + statuses + "\"}");
    }

    private static String ask(String list, String cursor, Set<Integer> allowed) {
        var answer = node.send(node.request(list + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .header("Authorization", "Bearer " + admin)
                .build());
        assertThat(answer.statusCode())
                .as("%s%s seed %d: %s", list, cursor, SEED, answer.body())
                .isIn(allowed);
        return String.valueOf(answer.statusCode());
    }

    @Test
    void noStreamResumesByOneThatWasNotGivenOut() {
        var forgery = new ForgedCursor(new Random(SEED), cursors);
        var some = Stream.generate(forgery::next)
                .filter(text -> text.chars().allMatch(character -> character > ' ' && character < 0x7f))
                .filter(text -> !text.isEmpty())
                .limit(STREAMS)
                .toList();
        for (var cursor : some) {
            try (var stream = open(admin, "Last-Event-ID", cursor)) {
                assertThat(stream.status()).isEqualTo(200);
                assertThat(stream.heard("\"resumed\":false")).as(cursor).isTrue();
                assertThat(stream.heard("\"reason\":\"other-log\"")).as(cursor).isTrue();
                assertThat(stream.heard("\"specversion\"")).as(cursor).isFalse();
            }
        }
        var together = impossible().stream()
                .limit(STREAMS_TOGETHER)
                .map(cursor -> new OpenStream(node, "", "Authorization", "Bearer " + admin, "Last-Event-ID", cursor))
                .toList(); // A write that nobody stamps is waited for: not one after the other.
        assertThat(together)
                .allSatisfy(stream -> assertThat(stream.ready().status()).isEqualTo(200));
        together.forEach(OpenStream::close);
    }

    private static OpenStream open(String token, String... headers) {
        var all = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        all.addAll(List.of(headers));
        return new OpenStream(node, "", all.toArray(String[]::new)).ready();
    }

    @Test
    void somebodyElsesCursorShowsOnlyWhatIsOnesOwn() {
        // Given
        node.register("ada@example.org");
        node.register("bob@example.org");
        var ada = node.signIn("ada@example.org");
        var bob = node.signIn("bob@example.org");
        emit(ada, "one");
        emit(bob, "two");
        emit(ada, "three");
        emit(bob, "four");
        await().until(() ->
                get("/api/events?type=ui.clicked", bob).path("items").size() == 2);
        var adas = get("/api/events?type=ui.clicked", ada).path("items");
        var bobs = get("/api/events?type=ui.clicked", bob).path("items");
        var first = adas.get(0).path("cursor").asText();

        // When
        var after = get("/api/events?type=ui.clicked&after=" + first, bob).path("items");
        try (var stream = open(bob, "Last-Event-ID", first)) {
            // Then
            assertThat(stream.heard("\"resumed\":true")).isTrue();
            assertThat(after.findValuesAsText("id")).isEqualTo(bobs.findValuesAsText("id"));
            // What the worker of preferences adds about Bob may come between.
            assertThat(stream.lines().stream().filter(line -> line.contains("\"type\":\"ui.clicked\"")))
                    .hasSize(2);
            assertThat(stream.lines()).noneMatch(line -> line.contains("\"one\"") || line.contains("\"three\""));
        }
        assertThat(get("/api/events/" + bobs.get(0).path("id").asText(), bob)
                        .path("data")
                        .path("element")
                        .asText())
                .isEqualTo("two");
    }

    private static void emit(String token, String element) {
        var answer = node.send(node.request("/api/events")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"ui.clicked\",\"data\":{\"element\":\"" + element + "\"}}"))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void aCursorOutlivesTheKeysThatSignTokens() {
        // Given
        var cursor = get("/api/events?limit=1", admin)
                .path("items")
                .get(0)
                .path("cursor")
                .asText();

        // When
        var rotation = node.request("/api/admin/keys/rotate")
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "e2f1c0de-rotate")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        var rotated = node.send(rotation);

        // Then
        assertThat(rotated.statusCode()).as(rotated.body()).isBetween(200, 299);
        assertThat(node.send(rotation))
                .satisfies(again -> assertThat(again.body()).isEqualTo(rotated.body()))
                .satisfies(again -> assertThat(again.headers().firstValue("Idempotent-Replayed"))
                        .hasValue("true"));
        assertThat(get("/api/events?after=" + cursor, admin).path("items")).isNotEmpty();
        try (var stream = open(admin, "Last-Event-ID", cursor)) {
            assertThat(stream.heard("\"resumed\":true")).isTrue();
        }
    }
}
