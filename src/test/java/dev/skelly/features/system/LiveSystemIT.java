package dev.skelly.features.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skelly.testing.WholeNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a running node tells its administrators of itself. */
final class LiveSystemIT {

    private static final String SECRET = "hunter2";

    private static final Map<String, String> ON = Map.of(
            "system.metrics", "true",
            "system.health", "true",
            "system.errors", "true",
            "system.interval", "1s",
            "ratelimit.enabled", "false");

    private static final WholeNode NODE = WholeNode.start(ON);

    private static final String ADMIN = NODE.signIn(WholeNode.ADMIN);

    @AfterAll
    static void close() {
        NODE.close();
    }

    private static JsonNode events(String type, String token) {
        var request = NODE.request("/api/events?order=desc&type=" + type).header("Authorization", "Bearer " + token);
        return NODE.read(NODE.send(request.build()).body()).path("items");
    }

    @Test
    void metricsComeWhenSomethingHappensAndStopWhenNothingDoes() {
        // When
        NODE.register("ada@example.org");
        await().until(() -> events("system.metrics", ADMIN).size() >= 1);

        // Then
        var newest = events("system.metrics", ADMIN).path(0).path("data");
        assertThat(newest.path("nodes")).hasSize(1);
        assertThat(newest.path("seconds").asDouble()).isPositive();
        assertThat(events("system.metrics", NODE.signIn("ada@example.org"))).isEmpty();
    }

    @Test
    void oneEventHasTheFiguresOfAllNodesAndANodeThatStopsInOrderIsNotMissed() {
        // Given
        try (var second = NODE.beside(ON)) {
            // Then
            await().until(() -> newest().path("nodes").size() == 2);
            assertThat(second.get("/health/ready").statusCode()).isEqualTo(200);
        }

        // When
        await().until(() -> newest().path("nodes").size() == 1);

        // Then
        assertThat(events("system.health-changed", ADMIN).toString()).doesNotContain("\"part\":\"node\"");
    }

    private static JsonNode newest() {
        return events("system.metrics", ADMIN).path(0).path("data");
    }

    private static JsonNode lamp() {
        for (var event : events("system.error", ADMIN)) {
            for (var error : event.path("data").path("errors")) {
                if (error.path("logger").asText().equals("dev.skelly.Lamp")) {
                    return error;
                }
            }
        }
        return MissingNode.getInstance();
    }

    @Test
    void errorsAreCountedByPlaceAndTheirTextsStayInTheLog() {
        // When
        for (var n = 0; n < 4; n++) {
            LoggerFactory.getLogger("dev.skelly.Lamp")
                    .atError()
                    .setCause(new IllegalStateException("password " + SECRET))
                    .log("cannot light " + SECRET);
        }
        await().until(() -> !lamp().isMissingNode());

        // Then
        var error = lamp();
        assertThat(error.path("exception").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.path("place").asText()).contains("LiveSystemIT.errorsAreCountedByPlace");
        assertThat(error.path("count").asInt()).isEqualTo(4);
        assertThat(events("system.error", ADMIN).toString()).doesNotContain(SECRET);
    }
}
