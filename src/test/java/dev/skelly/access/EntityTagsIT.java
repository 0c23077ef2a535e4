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
        for (var tag : List.of("\"987654321\"", "W/" + before.header("etag"), "1", "\"\"", "\"-1\"")) {
            var answer = example.send(example.path(), example.body(), Map.of("If-Match", tag));
            assertThat(answer.status()).as(tag + " " + answer.body()).isEqualTo(STALE);
        }
        var several = Map.of("If-Match", "\"1\", " + before.header("etag"));
        assertThat(example.send(example.path(), example.body(), several).status())
                .isEqualTo(UNREADABLE);

        // Then
        var after = scene.call("GET", read, example.asker().token(), "", Map.of());
        assertThat(after.header("etag")).isEqualTo(before.header("etag"));
        assertThat(after.body()).isEqualTo(before.body());
        var present = Map.of("If-Match", before.header("etag"));
        var changed = example.send(example.path(), example.body(), present);
        assertThat(changed.status()).as(changed.body()).isLessThan(REFUSED);
        var again = example.send(example.path(), example.body(), present);
        assertThat(again.status()).as("the same again: " + again.body()).isBetween(REFUSED, 499);
    }
}
