package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route that changes something with an {@code ETag} refuses whoever has not read it, or an older version (contract: 428, 412). */
class EntityTagsIT {

    private static final int REFUSED = 400;
    private static final int MISSING = 428;
    private static final int STALE = 412;

    @SuppressWarnings("NullAway.Init")
    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = new Scene();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    static Stream<DescribedRoute> changing() {
        return DescribedRoute.of(scene.node()).stream().filter(DescribedRoute::matching);
    }

    @ParameterizedTest
    @MethodSource("changing")
    void changesOnlyWhatTheCallerHasRead(DescribedRoute route) {
        // Given
        var row = AccessMatrix.read().rows().stream()
                .filter(one -> one.route().equals(route.name()))
                .findFirst()
                .orElseThrow();
        var own = row.statuses().getOrDefault(Caller.OWNER, REFUSED) < REFUSED;
        var owner = scene.fresh(Caller.OWNER);
        var asker = own ? owner : scene.of(Caller.ADMIN);
        var path = new Things(scene).path(row.path(), owner);
        var body = Things.body(row.body(), asker);
        var read = row.method().equals("POST") ? path.replaceFirst("/[^/]+$", "") : path;
        var before = scene.call("GET", read, asker.token(), "", Map.of());
        assertThat(before.header("etag")).matches("\"[^\"]+\"");

        // When
        if (route.matchRequired()) {
            assertThat(scene.call(row.method(), path, asker.token(), body, Map.of())
                            .status())
                    .isEqualTo(MISSING);
        }
        for (var tag : List.of("\"987654321\"", "W/" + before.header("etag"), "1", "\"\"", "\"1\", \"2\"", "\"-1\"")) {
            var answer = scene.call(row.method(), path, asker.token(), body, Map.of("If-Match", tag));
            assertThat(answer.status()).as(tag + " " + answer.body()).isEqualTo(STALE);
        }

        // Then
        var after = scene.call("GET", read, asker.token(), "", Map.of());
        assertThat(after.header("etag")).isEqualTo(before.header("etag"));
        assertThat(after.body()).isEqualTo(before.body());
        var changed = scene.call(row.method(), path, asker.token(), body, Map.of("If-Match", before.header("etag")));
        assertThat(changed.status()).as(changed.body()).isLessThan(REFUSED);
        var again = scene.call(row.method(), path, asker.token(), body, Map.of("If-Match", before.header("etag")));
        assertThat(again.status()).as("the same again: " + again.body()).isBetween(REFUSED, 499);
    }
}
