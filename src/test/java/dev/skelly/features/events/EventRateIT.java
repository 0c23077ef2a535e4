package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted a person is events, however many of them come in one request. */
class EventRateIT {

    private static final int PERMITS = 10;
    private static final String CLICK = "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"x\"}}";

    private static final String RING = "{\"type\":\"door.rung\",\"data\":{\"door\":\"front\"}}";
    private static final String DOOR = """
            types:
              - name: door.rung
                meaning: Somebody is at the door, whoever it is.
                data: {type: object, properties: {door: {type: string, maxLength: 10}}, required: [door], additionalProperties: false}
                audience: [public]
                emit: [anyone]
                subject: door:{door}
            """;

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("door.yaml"), DOOR);
        node = WholeNode.start(Map.of(
                "events.per-second",
                "1",
                "ratelimit.per-second",
                "1000",
                "ratelimit.burst",
                "1000",
                "http.proxies",
                "127.0.0.0/8",
                "events.dir",
                folder.toString()));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String person(String email) {
        assertThat(node.register(email)).isNotEmpty();
        return node.signIn(email);
    }

    private static HttpResponse<String> emit(String token, String body) {
        return node.send(node.request("/api/events")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> ring(String address, int times) {
        var events = String.join(",", Collections.nCopies(times, RING));
        return node.send(node.request("/api/events")
                .header("X-Forwarded-For", address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"items\":[" + events + "]}"))
                .build());
    }

    private static String batch(int events) {
        return "{\"items\":[" + String.join(",", Collections.nCopies(events, CLICK)) + "]}";
    }

    private static long clicks() {
        return Waiting.on(node.database()
                        .pool()
                        .query("select count(*) from event where type = 'ui.clicked'")
                        .execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private static void isTooMany(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().allValues("RateLimit")).anyMatch(left -> left.startsWith("\"events\";r="));
        assertThat(answer.headers().allValues("RateLimit-Policy")).contains("\"events\";q=10;w=10");
    }

    @Test
    void aBatchCountsAsManyAsItHolds() {
        // Given
        var ada = person("ada@example.org");
        var first = emit(ada, batch(8));
        var before = clicks();

        // When
        var second = emit(ada, batch(8)); // Six seconds would have to pass.

        // Then
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        isTooMany(second);
        assertThat(Long.parseLong(second.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 6L);
        assertThat(clicks()).isEqualTo(before);
        assertThat(emit(person("grace@example.org"), batch(PERMITS)).statusCode())
                .isEqualTo(202);
    }

    @Test
    void singleEventsCountToo() {
        // Given
        var linus = person("linus@example.org");
        assertThat(emit(linus, batch(PERMITS)).statusCode()).isEqualTo(202);

        // When
        var answer = emit(linus, CLICK);
        for (var tries = 0; tries < 50 && answer.statusCode() == 202; tries++) {
            answer = emit(linus, CLICK); // One a second is allowed, and the machine may be slow.
        }

        // Then
        isTooMany(answer);
    }

    @Test
    void whoIsNotSignedInIsCountedByNetwork() {
        // Given
        var first = ring("2001:db8:0:1::1", PERMITS);

        // When
        var second = ring("2001:db8:0:1:ffff::1", PERMITS);

        // Then
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        isTooMany(second);
        assertThat(ring("2001:db8:0:2::1", PERMITS).statusCode()).isEqualTo(202);
    }

    @Test
    void aBatchThatCouldNeverBeLetThroughIsToldSo() {
        // When
        var answer = emit(person("barbara@example.org"), batch(PERMITS + 1));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("1 to 10 events");
    }
}
