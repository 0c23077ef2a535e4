package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A node with the roles {@code http,stream} and neither database nor broker serves people like any other, through a node of its cluster that
 * has both.
 */
class EdgeNodeIT {

    private static WholeNode core;
    private static WholeNode edge;

    @BeforeAll
    static void start() {
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        core = WholeNode.start(ClusterSettings.of(ports, 0));
        var nothing = Map.of("roles", "http,stream", "db.url", "", "db.user", "", "db.password", "", "broker.url", "");
        var settings = new HashMap<>(ClusterSettings.of(ports, 1));
        settings.putAll(nothing);
        edge = core.beside(settings);
    }

    @AfterAll
    static void stop() {
        edge.close();
        core.close();
    }

    @Test
    void standsOnNothingOfItsOwnAndIsReady() {
        assertThat(edge.folder()).doesNotExist();
        assertThat(edge.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void carriesOutCommandsElsewhere() {
        // Given
        edge.register("ada@example.org");
        var token = edge.signIn("ada@example.org");

        // When
        var renamed = rename(edge, token, "Ada");

        // Then
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(me(core, token)).contains("\"name\":\"Ada\"");
        assertThat(me(edge, token)).contains("\"name\":\"Ada\"");
    }

    @Test
    void streamsLiveAndWhatWasMissed() {
        // Given
        core.register("bob@example.org");
        var token = core.signIn("bob@example.org");
        String live;
        try (var tab = stream(edge, token).ready()) {
            rename(core, token, "Live");
            await().until(() -> changes(tab).size() == 1);
            live = changes(tab).get(0);
        }
        rename(core, token, "Missed");
        rename(edge, token, "Missed, too");

        // When
        try (var again = stream(edge, token, "Last-Event-ID", live).ready();
                var elsewhere = stream(core, token, "Last-Event-ID", live).ready()) {
            rename(core, token, "Live again");
            await().until(() -> changes(again).size() == 3 && changes(elsewhere).size() == 3);

            // Then
            assertThat(again.heard("\"resumed\":true")).isTrue();
            assertThat(changes(again)).doesNotContain(live).doesNotHaveDuplicates();
            assertThat(changes(again)).isEqualTo(changes(elsewhere));
        }
    }

    @Test
    void endsTheStreamsOfASignInThatEnds() {
        // Given
        edge.register("eve@example.org");
        var token = edge.signIn("eve@example.org");
        try (var tab = stream(edge, token).ready()) {
            // When
            var left = core.send(core.request("/api/auth/logout")
                    .header("Authorization", "Bearer " + token)
                    .POST(BodyPublishers.noBody())
                    .build());

            // Then
            assertThat(left.statusCode()).isEqualTo(204);
            await().until(tab::ended);
            assertThat(tab.heard("\"reason\":\"auth\"")).isTrue();
            await().until(() -> edge.send(edge.request("/api/me")
                                    .header("Authorization", "Bearer " + token)
                                    .build())
                            .statusCode()
                    == 401);
        }
    }

    private static OpenStream stream(WholeNode node, String token, String... more) {
        var headers = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        headers.addAll(List.of(more));
        return new OpenStream(node, "", headers.toArray(String[]::new));
    }

    /* The cursors of what is about the account's fields, in the order in which they came. */
    private static List<String> changes(OpenStream stream) {
        var lines = stream.lines();
        return IntStream.range(1, lines.size())
                .filter(n -> lines.get(n).equals("event: user.updated"))
                .mapToObj(n -> lines.get(n - 1))
                .map(line -> line.substring("id: ".length()))
                .toList();
    }

    @CanIgnoreReturnValue // most only want it done
    private static HttpResponse<String> rename(WholeNode node, String token, String name) {
        return node.send(node.request("/api/me")
                .header("Authorization", "Bearer " + token)
                .header("If-Match", "*")
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build());
    }

    private static String me(WholeNode node, String token) {
        return node.send(node.request("/api/me")
                        .header("Authorization", "Bearer " + token)
                        .build())
                .body();
    }
}
