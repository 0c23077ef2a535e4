package dev.skelly.features.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notifications in three tabs on two nodes, of which one has neither database nor broker. */
class NotificationTabsIT {

    private static final String UNREAD = "\"unread\":%d";

    @SuppressWarnings("NullAway.Init")
    private static WholeNode core;

    @SuppressWarnings("NullAway.Init")
    private static WholeNode edge;

    @BeforeAll
    static void start() {
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        core = WholeNode.start(ClusterSettings.of(ports, 0));
        var settings = new HashMap<>(ClusterSettings.of(ports, 1));
        settings.putAll(
                Map.of("roles", "http,stream", "db.url", "", "db.user", "", "db.password", "", "broker.url", ""));
        edge = core.beside(settings);
    }

    @AfterAll
    static void stop() {
        edge.close();
        core.close();
    }

    private static String call(WholeNode node, String token, String method, String path) {
        return node.send(node.request(path)
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.noBody())
                        .build())
                .body();
    }

    private static boolean told(OpenStream tab, int unread) {
        return tab.lines().stream()
                .anyMatch(line -> line.contains("\"type\":\"notification.updated\"")
                        && line.replace(": ", ":").contains(UNREAD.formatted(unread)));
    }

    @Test
    void everyTabOfEveryNodeShowsTheSameNumber() {
        // Given: the administrator of the settings is told of the role
        var token = edge.signIn(WholeNode.ADMIN);
        await().until(() -> call(edge, token, "GET", "/api/notifications").contains(UNREAD.formatted(1)));
        assertThat(call(edge, token, "GET", "/api/notifications"))
                .contains("Your roles have changed")
                .isEqualTo(call(core, token, "GET", "/api/notifications"));
        var tabs = Stream.of(core, edge, edge)
                .map(node -> new OpenStream(node, "", "Authorization", "Bearer " + token).ready())
                .toList();

        // When
        var read = call(edge, token, "POST", "/api/notifications/read-all");

        // Then
        assertThat(read).contains("\"changed\":1", UNREAD.formatted(0));
        tabs.forEach(tab -> await().until(() -> told(tab, 0)));
        tabs.forEach(OpenStream::close);
    }
}
