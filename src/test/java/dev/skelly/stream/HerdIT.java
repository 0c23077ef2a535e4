package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.JavaScript;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three hundred native event sources of some other program open at once, more than a network may in a second: none ends for good. */
class HerdIT {

    private static final int STREAMS = 300;
    private static final int PERSONS = 4;

    @Test
    void everyEventSourceIsLiveInTheEnd() {
        try (var node = WholeNode.start(Map.of("stream.connects-per-address", "60"))) {
            // Given
            var arguments = new ArrayList<>(List.of("herd.mjs", node.url(), String.valueOf(STREAMS)));
            IntStream.range(0, PERSONS).mapToObj(n -> credential(node, n)).forEach(arguments::add);

            // When
            var ended = JavaScript.run(arguments.toArray(String[]::new));

            // Then
            assertThat(ended.code()).as(ended.output()).isZero();
            var report = node.read(ended.output());
            assertThat(report.path("dead").asInt()).as(ended.output()).isZero();
            assertThat(report.path("live").asInt()).as(ended.output()).isEqualTo(STREAMS);
            assertThat(report.path("once").asInt()).as(ended.output()).isEqualTo(STREAMS);
            assertThat(report.path("turnedAway").asInt()).as(ended.output()).isPositive();
        }
    }

    private static String credential(WholeNode node, int number) {
        var email = "reader" + number + "@example.org";
        node.register(email);
        var login = node.post("/api/auth/login", Map.of("email", email, "password", WholeNode.PASSWORD));
        var token = node.read(login.body()).path("accessToken").asText();
        return number % 2 == 0
                ? "cookie:" + cookie(login.headers().allValues("Set-Cookie")) + ":" + token
                : "ticket:" + ticket(node, token) + ":" + token;
    }

    private static String cookie(List<String> set) {
        var session = set.stream()
                .filter(cookie -> cookie.startsWith("session="))
                .findFirst()
                .orElseThrow();
        return session.substring("session=".length(), session.indexOf(';'));
    }

    private static String ticket(WholeNode node, String token) {
        var answer = node.send(node.request("/api/stream/tickets")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reusable\":true}"))
                .build());
        return node.read(answer.body()).path("ticket").asText();
    }
}
