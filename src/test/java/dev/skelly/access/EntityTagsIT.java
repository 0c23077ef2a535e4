package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route that changes something with an {@code ETag} refuses whoever has not read it, or an older version (contract: 428, 412). */
class EntityTagsIT extends OnScene {

    private static final int REFUSED = 400;
    private static final int MISSING = 428;
    private static final int STALE = 412;
    private static final int UNREADABLE = 400;
    private static final int UNCHANGED = 304;

    static Stream<DescribedRoute> changing() {
        return DescribedRoute.of(scene.node()).stream().filter(DescribedRoute::matching);
    }

    @ParameterizedTest
    @MethodSource("changing")
    void changesOnlyWhatTheCallerHasRead(DescribedRoute route) {
        // Given
        var example = Example.of(scene, route);
        var read = route.method().equals("POST") ? example.path().replaceFirst("/[^/]+$", "") : example.path();
        var before = scene.call("GET", read, example.asker().token(), "", Map.of());
        assertThat(before.header("etag")).matches("\"[^\"]+\"");

        // When
        if (route.matchRequired()) {
            var answer =
                    scene.call(route.method(), example.path(), example.asker().token(), example.body(), Map.of());
            assertThat(answer.status()).isEqualTo(MISSING);
        }
        var current = before.header("etag");
        checkRefusals(route, example, current);
        for (var method : List.of("GET", "HEAD")) {
            checkReads(method, read, example.asker().token(), current);
        }

        // Then
        var after = scene.call("GET", read, example.asker().token(), "", Map.of());
        assertThat(after.header("etag")).isEqualTo(before.header("etag"));
        assertThat(after.body()).isEqualTo(before.body());
        var present = Map.of("If-Match", "\"987654321\", W/\"1\" , " + current);
        var changed = example.send(example.path(), example.body(), present);
        assertThat(changed.status()).as(changed.body()).isLessThan(REFUSED);
        var again = example.send(example.path(), example.body(), present);
        assertThat(again.status()).as("the same again: " + again.body()).isBetween(REFUSED, 499);
    }

    private static void checkRefusals(DescribedRoute route, Example example, String current) {
        for (var tag :
                List.of("\"987654321\"", "W/" + current, "\"\"", "\"-1\"", "\"987654321\", W/" + current + ",\"x\"")) {
            var answer = example.send(example.path(), example.body(), Map.of("If-Match", tag));
            assertThat(answer.status()).as(tag + " " + answer.body()).isEqualTo(STALE);
        }
        for (var tag : List.of("1", "*, " + current, current + " " + current, "\"1")) {
            var answer = example.send(example.path(), example.body(), Map.of("If-Match", tag));
            assertThat(answer.status()).as(tag + " " + answer.body()).isEqualTo(UNREADABLE);
        }
        if (!current.equals("\"0\"")) { // Nothing was stored yet.
            var answer = scene.call(
                    route.method(),
                    example.path(),
                    example.asker().token(),
                    example.body(),
                    Map.of("If-None-Match", "*"));
            assertThat(answer.status()).as("a new one: " + answer.body()).isEqualTo(STALE);
        }
    }

    private static void checkReads(String method, String path, String token, String tag) {
        for (var known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            var answer = scene.call(method, path, token, "", Map.of("If-None-Match", known));
            assertThat(answer.status()).as(method + " " + known).isEqualTo(UNCHANGED);
            assertThat(answer.header("etag")).isEqualTo(tag);
            assertThat(answer.body()).isEmpty();
        }
        for (var other : List.of("\"x\"", "W/\"x" + tag.substring(1))) {
            assertThat(scene.call(method, path, token, "", Map.of("If-None-Match", other))
                            .status())
                    .as(method + " " + other)
                    .isEqualTo(200);
        }
        assertThat(scene.call(method, path, token, "", Map.of("If-None-Match", "x, " + tag))
                        .status())
                .isEqualTo(UNREADABLE);
    }
}
