package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.auth.RightsTable;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client reads over a WebSocket, and how the connection ends. */
class WebSocketIT {

    private TestDatabase database;
    private StreamNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh("security", "stream");
        node = new StreamNode(database, StreamConfig.DEFAULT);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private static NoteEvent note(String channel, int number) {
        return new NoteEvent.Written(channel, number, "text");
    }

    private SocketClient ready(StreamNode.Person person) {
        var socket = SocketClient.of(node, person);
        socket.control("ready");
        return socket;
    }

    private static void until(SocketClient socket, int notes) {
        await().until(() -> socket.notes().size() >= notes);
    }

    @Test
    void readsNothingBeforeItSubscribesAndThenItsOwnChannels() {
        // Given
        var person = node.person();
        var socket = ready(person);
        node.appendAndStamp(note("public", 1));

        // When
        var answer = socket.ask("\"do\":\"subscribe\"");
        node.appendAndStamp(note(person.channel(), 2), note("user:other", 3), note("public", 4));
        until(socket, 2);

        // Then
        assertThat(socket.messages().get(0).path("control").asText()).isEqualTo("hello");
        assertThat(socket.messages().get(0).path("connection").asText()).matches("[0-9a-f-]{36}\\.[A-Za-z0-9_-]{12}");
        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("cursor").asText()).isEqualTo(node.cursors.position(1));
        assertThat(socket.notes()).containsExactly("note.written " + person.channel() + " 2", "note.written public 4");
        var last = socket.first(message -> message.at("/event/data/number").asInt() == 4);
        assertThat(last.path("id").asText()).isEqualTo(node.cursors.position(4));
        assertThat(last.at("/event/specversion").asText()).isEqualTo("1.0");
    }

    @Test
    void narrowsToChannelsAndTypesAndAddsToThem() {
        // Given
        var person = node.person("admin");
        var socket = ready(person);
        var onlooker = ready(person);
        onlooker.ask("\"do\":\"subscribe\"");

        // When
        socket.ask("\"do\":\"subscribe\",\"channels\":[\"public\"],\"types\":[\"note.erased\"]");
        node.appendAndStamp(
                note("public", 1), new NoteEvent.Erased("public", 2), new NoteEvent.Erased("role:admin", 3));
        until(socket, 1);
        socket.ask("\"do\":\"subscribe\",\"channels\":[\"role:admin\"],\"types\":[\"note.written\"]");
        node.appendAndStamp(note("public", 4), new NoteEvent.Erased("role:admin", 5), note(person.channel(), 6));
        until(socket, 3);
        socket.ask("\"do\":\"unsubscribe\",\"channels\":[\"public\"]");
        node.appendAndStamp(note("public", 7), note("role:admin", 8));
        until(socket, 4);
        socket.ask("\"do\":\"unsubscribe\"");
        node.appendAndStamp(note("public", 9), note("role:admin", 10));
        // A subscription begins where the node's feed is, which may be before what was stamped a moment ago.
        await().until(() -> onlooker.notes().contains("note.written role:admin 10"));
        socket.ask("\"do\":\"subscribe\",\"channels\":[\"public\"]");
        node.appendAndStamp(note("public", 11));
        until(socket, 5);

        // Then
        assertThat(socket.notes())
                .containsExactly(
                        "note.erased public 2",
                        "note.written public 4",
                        "note.erased role:admin 5",
                        "note.written role:admin 8",
                        "note.written public 11");
    }

    @Test
    void resumesAfterACursorAndRepeatsNothing() {
        // Given
        var person = node.person();
        var socket = ready(person);
        socket.ask("\"do\":\"subscribe\"");
        node.appendAndStamp(note("public", 1));
        until(socket, 1);
        var cursor = socket.first(message -> message.has("event")).path("id").asText();
        socket.close();
        node.appendAndStamp(note("public", 2), note("user:other", 3), note(person.channel(), 4));

        // When
        var again = ready(person);
        again.ask("\"do\":\"subscribe\",\"after\":\"" + cursor + "\"");
        node.appendAndStamp(note("public", 5));
        until(again, 3);

        // Then
        assertThat(again.notes())
                .containsExactly(
                        "note.written public 2", "note.written " + person.channel() + " 4", "note.written public 5");
    }

    @Test
    void replaysASecondPartWithoutRepeatingTheFirst() {
        // Given
        var person = node.person("admin");
        node.appendAndStamp(note("public", 1), note("role:admin", 2), new NoteEvent.Erased("public", 3));
        var socket = ready(person);
        socket.ask(
                "\"do\":\"subscribe\",\"channels\":[\"public\"],\"types\":[\"note.written\"],\"after\":\"earliest\"");
        node.appendAndStamp(note("role:admin", 4), note("public", 5), new NoteEvent.Erased("role:admin", 6));
        until(socket, 2);

        // When
        socket.ask("\"do\":\"subscribe\",\"channels\":[\"role:admin\"],\"after\":\"" + node.cursors.position(1) + "\"");
        until(socket, 4);
        socket.ask("\"do\":\"subscribe\",\"types\":[\"note.erased\"],\"after\":\"" + node.cursors.position(3) + "\"");
        node.appendAndStamp(note("public", 7), note("role:admin", 8), new NoteEvent.Erased("public", 9));
        until(socket, 8);

        // Then
        assertThat(socket.notes())
                .containsExactly(
                        "note.written public 1",
                        "note.written public 5",
                        "note.written role:admin 2",
                        "note.written role:admin 4",
                        "note.erased role:admin 6",
                        "note.written public 7",
                        "note.written role:admin 8",
                        "note.erased public 9");
    }

    @Test
    void doesInOrderWhatIsAskedWithoutWaiting() {
        // Given
        var socket = ready(node.person());

        // When
        socket.request("\"do\":\"subscribe\",\"channels\":[\"public\"]");
        socket.request("\"do\":\"unsubscribe\",\"channels\":[\"public\"]");
        socket.ask("\"do\":\"subscribe\",\"channels\":[\"role:user\"]");
        node.appendAndStamp(note("public", 1), note("role:user", 2));
        until(socket, 1);

        // Then
        assertThat(socket.notes()).containsExactly("note.written role:user 2");
    }

    @Test
    void answersPingsAndPrintsTheProblemOfAnEmitThatIsImpossibleHere() {
        var socket = ready(node.person());

        socket.send("{\"do\":\"ping\"}");

        assertThat(socket.first(message -> message.path("pong").asBoolean())).isNotNull();
        assertThat(socket.ask("\"do\":\"emit\",\"type\":\"ui.clicked\",\"data\":{}")
                        .at("/problem/status")
                        .asInt())
                .isEqualTo(503);
    }

    @Test
    void livesAsLongAsItsNewestToken() {
        // Given
        node.close();
        node = new StreamNode(database, StreamSettings.beats(Duration.ofMillis(200)), StreamSettings.tokens(2), true);
        var person = node.person();
        var renewed = ready(person);
        var other = ready(person);
        renewed.ask("\"do\":\"subscribe\"");

        // When
        var foreign =
                renewed.ask("\"do\":\"token\",\"token\":\"" + node.person().token() + "\"");
        var forged = renewed.ask("\"do\":\"token\",\"token\":\"forged\"");
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            var token = node.signIn(person.account()).token();
            var answer = renewed.ask("\"do\":\"token\",\"token\":\"" + token + "\"");
            assertThat(answer.path("ok").asBoolean()).isTrue();
            return other.closeCode() >= 0;
        });
        node.appendAndStamp(note("public", 1));
        until(renewed, 1);

        // Then
        assertThat(foreign.at("/problem/status").asInt()).isEqualTo(403);
        assertThat(forged.at("/problem/status").asInt()).isEqualTo(401);
        assertThat(other.closeCode()).isEqualTo(3002);
        assertThat(other.control("bye").path("reason").asText()).isEqualTo("auth");
        assertThat(renewed.closeCode()).isEqualTo(-1);
    }

    @Test
    void endsWhenTheNodeDrainsOrTheSessionEndsAndLeavesNoConnection() {
        // Given
        var person = node.person();
        var other = node.person();
        var sockets = List.of(ready(person), ready(other), ready(other));
        assertThat(node.meter("skelly.stream.connections")).isEqualTo(3);

        // When
        node.transact(tx -> RightsTable.endSession(tx, person.account(), person.session()));
        await().until(() -> sockets.get(0).closeCode() >= 0);
        sockets.get(1).close();
        await().until(() -> node.meter("skelly.stream.connections") == 1);
        node.drain();
        await().until(() -> sockets.get(2).closeCode() >= 0);

        // Then
        assertThat(sockets.get(0).closeCode()).isEqualTo(3500);
        assertThat(sockets.get(0).control("bye").path("reason").asText()).isEqualTo("auth");
        assertThat(sockets.get(2).closeCode()).isEqualTo(3000);
        assertThat(sockets.get(2).control("bye").path("reason").asText()).isEqualTo("drain");
        assertThat(sockets.get(2).control("bye").path("retryMs").asInt()).isPositive();
        await().until(() -> node.meter("skelly.http.connections") == 0);
        assertThat(node.meter("skelly.stream.connections")).isZero();
    }

    @Test
    void opensForACookieOfOurOwnPageOnlyAndTellsABrowserByACloseCode() {
        var person = node.person();
        var page = Map.of("Cookie", "session=" + person.token(), "Origin", "http://127.0.0.1:" + node.port());
        var evil = Map.of(
                "Cookie", "session=" + person.token(), "Origin", "http://evil.example", "Sec-Fetch-Site", "cross-site");
        var unknown = Map.of("Cookie", "session=forged", "Origin", "http://127.0.0.1:" + node.port());

        var opened = Waiting.on(SocketClient.connect(node.vertx, node.port(), "", page));
        var refused = Waiting.failure(SocketClient.connect(node.vertx, node.port(), "", evil));
        var closed = Waiting.on(SocketClient.connect(node.vertx, node.port(), "", unknown));
        var program = Waiting.failure(SocketClient.connect(node.vertx, node.port(), "", Map.of()));
        opened.control("ready");
        await().until(() -> closed.closeCode() >= 0);
        node.transact(tx -> RightsTable.endSession(tx, person.account(), person.session()));
        await().until(() -> opened.closeCode() == 3500);
        var late = Waiting.on(SocketClient.connect(node.vertx, node.port(), "", page));
        await().until(() -> late.closeCode() >= 0);

        assertThat(refused).hasMessageContaining("403");
        assertThat(program).hasMessageContaining("401");
        assertThat(closed.closeCode()).isEqualTo(3501);
        assertThat(late.closeCode()).isEqualTo(3500);
        await().until(() -> node.meter("skelly.http.connections") == 0);
    }

    @Test
    void tellsAPageByACodeAndAProgramByAStatusThatTheLimitIsReached() {
        // Given
        node.close();
        node = new StreamNode(database, StreamSettings.perUser(1));
        var person = node.person();
        var page = Map.of("Cookie", "session=" + person.token(), "Origin", "http://127.0.0.1:" + node.port());
        var program = Map.of("Authorization", "Bearer " + person.token());
        var first = ready(person);

        // When
        var second = Waiting.on(SocketClient.connect(node.vertx, node.port(), "", page));
        var third = Waiting.failure(SocketClient.connect(node.vertx, node.port(), "", program));
        await().until(() -> second.closeCode() >= 0);
        first.close();
        await().until(() -> node.meter("skelly.stream.connections") == 0);
        var again = ready(person);

        // Then
        assertThat(again.closeCode()).isEqualTo(-1);
        assertThat(second.closeCode()).isEqualTo(3004);
        assertThat(third).hasMessageContaining("429");
    }
}
