package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.Waiting;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Changes of open event streams by requests beside them. */
class SubscriptionChangeIT extends OnStreamNode {

    private record Answer(int status, JsonObject body) {}

    @CanIgnoreReturnValue
    private Answer change(StreamNode.Person person, String connection, String body) {
        return Waiting.on(Waiting.onLoop(
                node.vertx,
                () -> client.request(
                                HttpMethod.POST,
                                node.port(),
                                "127.0.0.1",
                                "/api/stream/" + connection + "/subscriptions")
                        .compose(request -> request.putHeader("Authorization", "Bearer " + person.token())
                                .putHeader("Content-Type", "application/json")
                                .send(body))
                        .compose(response ->
                                response.body().map(text -> new Answer(response.statusCode(), new JsonObject(text))))));
    }

    private static String connection(SseClient tab) {
        return new JsonObject(tab.lastControl("hello")).getString("connection");
    }

    @Test
    void addsAndRemovesChannelsAndTypes() {
        // Given
        var admin = node.person("admin");
        var tab = ready(admin, "?channels=public&types=note.written");
        var connection = connection(tab);
        node.appendAndStamp(note("role:admin", 1), note("public", 2));

        // When
        var added = change(admin, connection, "{\"add\":{\"channels\":[\"role:admin\"]}}");
        node.appendAndStamp(note("role:admin", 3), new NoteEvent.Erased("public", 4), note("public", 5));
        await().until(() -> tab.notes().size() == 3);
        change(admin, connection, "{\"add\":{\"types\":[\"note.erased\"]},\"remove\":{\"channels\":[\"public\"]}}");
        node.appendAndStamp(note("public", 6), new NoteEvent.Erased("role:admin", 7));
        await().until(() -> tab.notes().size() == 4);
        change(admin, connection, "{\"remove\":{\"types\":[\"note.written\"]}}");
        node.appendAndStamp(note("role:admin", 8), new NoteEvent.Erased("role:admin", 9));
        await().until(() -> tab.notes().size() == 5);

        // Then
        assertThat(added.status).isEqualTo(200);
        assertThat(added.body.getString("cursor")).isEqualTo(node.cursors.position(2));
        assertThat(tab.notes())
                .containsExactly(
                        "note.written public 2",
                        "note.written role:admin 3",
                        "note.written public 5",
                        "note.erased role:admin 7",
                        "note.erased role:admin 9");
    }

    @Test
    void changesAStreamOfItsOwnAccountOnlyByTheRightsOfNow() {
        // Given
        var person = node.person();
        var tab = ready(person, "?channels=public");
        var mine = connection(tab);
        var other = node.person("admin");
        var add = "{\"add\":{\"channels\":[\"%s\"]}}";

        // When
        var foreign = change(other, mine, add.formatted("public"));
        var nowhere = change(person, "0192.nowhere", add.formatted("public"));
        var forbidden = change(person, mine, add.formatted("role:admin"));
        var unknown = change(
                person,
                mine,
                "{\"add\":{\"channels\":[\"no:such\"],\"types\":[\"no.such\"]},\"remove\":{\"channels\":[\"public\"]}}");
        var nothing = change(person, mine, "{}");
        var allTypes = change(person, mine, "{\"remove\":{\"types\":[\"note.written\"]}}");
        node.appendAndStamp(note("role:admin", 1), note("public", 2));
        await().until(() -> !tab.notes().isEmpty());

        // Then
        assertThat(foreign.status).isEqualTo(404);
        assertThat(nowhere.status).isEqualTo(404);
        assertThat(forbidden.status).isEqualTo(403);
        assertThat(unknown.status).isEqualTo(422);
        assertThat(unknown.body.getJsonArray("errors").stream().map(error -> ((JsonObject) error).getString("pointer")))
                .containsExactlyInAnyOrder("#/add/types", "#/add/channels");
        assertThat(nothing.status).isEqualTo(422);
        assertThat(allTypes.status).isEqualTo(422);
        assertThat(tab.notes()).containsExactly("note.written public 2");
        tab.cut();
        await().until(() -> node.meter("skelly.stream.connections") == 0);
        assertThat(change(person, mine, add.formatted("public")).status).isEqualTo(404);
    }
}
