package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader sees of the stream, over a real socket and a real log. */
class StreamProtocolIT extends OnStreamNode {

    @Test
    void beginsWithHelloThenReadyThenWhatHappens() {
        node.appendAndStamp(note("public", 1));
        var tab = SseClient.of(client, node, node.person(), "");

        var head = Waiting.on(tab.open());
        await().until(() -> tab.control("ready") == 1);
        node.appendAndStamp(note("public", 2));
        await().until(() -> !tab.notes().isEmpty());

        assertThat(head.getHeader("Content-Type")).isEqualTo("text/event-stream");
        assertThat(head.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(head.getHeader("X-Accel-Buffering")).isEqualTo("no");
        assertThat(tab.retries()).containsExactly(3000);
        assertThat(tab.heard().get(0).event()).isEqualTo("skelly.hello");
        assertThat(tab.heard().get(0).data())
                .matches(
                        "\\{\"connection\":\"[0-9a-f-]{36}\\.[A-Za-z0-9_-]{12}\",\"resumed\":false,\"heartbeatSeconds\":25}");
        assertThat(tab.lastControl("ready")).isEqualTo("{\"cursor\":\"" + node.cursors.position(1) + "\"}");
        assertThat(tab.notes()).containsExactly("note.written public 2");
        assertThat(tab.lastEventId()).isEqualTo(node.cursors.position(2));
    }

    @Test
    void givesAReaderThatReturnsExactlyWhatItMissed() {
        var person = node.person();
        var tab = ready(person, "");
        tab.cut();
        node.appendAndStamp(note("public", 1), note(person.channel(), 2), note("user:somebody", 3));

        Waiting.on(tab.open());
        await().until(() -> tab.control("ready") == 2);

        assertThat(tab.lastControl("hello")).contains("\"resumed\":true");
        assertThat(tab.notes()).containsExactly("note.written public 1", "note.written " + person.channel() + " 2");
        assertThat(tab.control("gap")).isZero();
    }

    @Test
    void givesNothingThatTheReaderMayNotSeeNeitherLiveNorAgain() {
        var person = node.person();
        node.appendAndStamp(note("role:admin", 1), note("user:other", 2), note("public", 3));
        var tab = ready(person, "?lastEventId=earliest");
        node.appendAndStamp(note("role:admin", 4), note("user:other", 5), note("role:user", 6));

        await().until(() -> tab.notes().size() == 2);

        assertThat(tab.notes()).containsExactly("note.written public 3", "note.written role:user 6");
    }

    @Test
    void narrowsToTypesAndChannels() {
        var admin = node.person("admin");
        var tab = ready(admin, "?types=note.erased,note.filed&channels=role:admin");

        node.appendAndStamp(
                note("role:admin", 1), new NoteEvent.Erased("public", 2), new NoteEvent.Erased("role:admin", 3));
        await().until(() -> !tab.notes().isEmpty());

        assertThat(tab.notes()).containsExactly("note.erased role:admin 3");
    }

    @Test
    void leavesNamesOutWhenAsked() {
        var tab = ready(node.person(), "?named=false");

        node.appendAndStamp(note("public", 1));
        await().until(() -> !tab.notes().isEmpty());

        assertThat(tab.heard().get(tab.heard().size() - 1).event()).isEqualTo("message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?lastEventId=nonsense", "?types=..", "?named=perhaps", "?types=A&named=1&lastEventId=x"})
    void refusesAQueryThatItCannotRead(String query) {
        var tab = SseClient.of(client, node, node.person(), query);
        var head = Waiting.on(tab.open());
        var body = Waiting.on(tab.refusal());

        assertThat(head.statusCode()).isEqualTo(400);
        assertThat(head.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(body).contains("malformed-query");
        assertThat(body.split("\"pointer\"", -1)).hasSize(query.split("=", -1).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?type=note.written types", "?lastEventID=latest lastEventId", "?tickets=x&named=true ticket"})
    void refusesUnknownParametersAndNamesTheNearest(String queryAndNearest) {
        var parts = queryAndNearest.split(" ", -1);
        var tab = SseClient.of(client, node, node.person(), parts[0]);
        var head = Waiting.on(tab.open());

        assertThat(head.statusCode()).isEqualTo(422);
        assertThat(Waiting.on(tab.refusal())).contains("\"unknown\"", "perhaps " + parts[1] + ")");
    }

    @Test
    void refusesAParameterThatIsSentTwiceAndJoinsAList() {
        var twice = SseClient.of(client, node, node.person(), "?after=earliest&after=latest");
        var unreadable = SseClient.of(client, node, node.person(), "?types=note.written&types=..");

        assertThat(Waiting.on(twice.open()).statusCode()).isEqualTo(422);
        assertThat(Waiting.on(twice.refusal())).contains("\"after\"", "\"repeated\"");
        assertThat(Waiting.on(unreadable.open()).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesChannelsOfOthers() {
        var head = Waiting.on(SseClient.of(client, node, node.person(), "?channels=public,role:admin")
                .open());

        assertThat(head.statusCode()).isEqualTo(403);
    }

    @Test
    void refusesWhoIsNotSignedIn() {
        var head = Waiting.on(new SseClient(client, node.port(), "", Map.of()).open());

        assertThat(head.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "AAAAAAAAAAAAAAAAAAAAAA", "a b", "-1"})
    void opensAllTheSameWhenABrowserRepeatsACursorOfAnotherLog(String cursor) {
        node.appendAndStamp(note("public", 1));
        var tab = SseClient.of(client, node, node.person(), "");
        tab.lastEventId(cursor);

        assertThat(Waiting.on(tab.open()).statusCode()).isEqualTo(200);
        await().until(() -> tab.control("ready") == 1);
        node.appendAndStamp(note("public", 2));
        await().until(() -> !tab.notes().isEmpty());

        assertThat(tab.lastControl("hello")).contains("\"resumed\":false");
        assertThat(tab.lastControl("gap")).isEqualTo("{\"reason\":\"other-log\"}");
        assertThat(tab.notes()).containsExactly("note.written public 2");
    }

    @Test
    void tellsAReaderFromBeyondTheLogsEndThatThisIsAnotherLog() {
        node.appendAndStamp(note("public", 1));

        var tab = ready(node.person(), "?lastEventId=" + node.cursors.position(2));

        assertThat(tab.lastControl("gap")).isEqualTo("{\"reason\":\"other-log\"}");
    }

    @Test
    void takesTheCursorOfAWriteAndGoesOnAfterIt() {
        node.appendAndStamp(note("public", 1));
        var write = node.append(List.of(note("public", 2)));
        node.append(List.of(note("public", 3)));
        var tab = SseClient.of(client, node, node.person(), "?lastEventId=" + node.cursors.write(write));

        Waiting.on(tab.open());
        Waiting.on(node.relay.stamp(500));
        await().until(() -> tab.control("ready") == 1);
        await().until(() -> !tab.notes().isEmpty());

        assertThat(tab.lastControl("hello")).contains("\"resumed\":true");
        assertThat(tab.notes()).containsExactly("note.written public 3");
    }

    @Test
    void beginsBeforeAWriteThatNobodyStamps() {
        node.appendAndStamp(note("public", 1));
        var write = node.append(List.of(note("public", 2)));

        var tab = ready(node.person(), "?lastEventId=" + node.cursors.write(write));
        Waiting.on(node.relay.stamp(500));
        await().until(() -> !tab.notes().isEmpty());

        assertThat(tab.control("gap")).isZero();
        assertThat(tab.notes()).containsExactly("note.written public 2");
    }

    @Test
    void givesAReaderOfTheRingAndAReaderOfTheLogTheSame() {
        var person = node.person();
        var witness = ready(person, "");
        var tab = ready(person, "");
        tab.cut();
        for (var i = 1; i <= 50; i++) {
            node.appendAndStamp(note("public", i), note(person.channel(), i));
        }
        await().until(() -> witness.notes().size() == 100);

        Waiting.on(tab.open());
        await().until(() -> tab.notes().size() == 100);
        var late = ready(person, "?lastEventId=earliest");

        assertThat(tab.notes()).isEqualTo(witness.notes());
        assertThat(late.notes()).isEqualTo(witness.notes());
    }

    @Test
    void readsOnWhenTheBusLosesEverything() {
        var tab = ready(node.person(), "");
        node.relay.wire((batch, send) -> {});

        node.appendAndStamp(note("public", 1), note("public", 2));

        await().until(() -> tab.notes().size() == 2);
        assertThat(node.meter("skelly.stream.heals")).isPositive();
    }
}
