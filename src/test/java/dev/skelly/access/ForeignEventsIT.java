package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is somebody else's, by every way of asking for events, live and again (security tests E-02 and E-03), on a whole node. */
class ForeignEventsIT {

    private static final String DECLARED = """
            types:
              - name: order.noted
                meaning: Something was noted of an order.
                data:
                  type: object
                  properties:
                    number: {type: string, maxLength: 100}
                    margin: {type: string, maxLength: 100}
                    phone: {type: string, maxLength: 100}
                  required: [number]
                  additionalProperties: false
                audience: [public, self, "role:admin"]
                views:
                  user: [number]
                  self: [number, phone]
                  admin: ["*", phone]
                sensitive: [phone]
                emit: [user]
            """;

    /* For administrators only, and for administrators and the person only. */
    private static final String MARGIN = "forty-percent-margin";
    private static final String PHONE = "phone-555-0199";

    private static final Path FOLDER = TemporaryFolder.make("skelly-test-events");

    @SuppressWarnings("NullAway.Init")
    private static Scene scene;

    @SuppressWarnings("NullAway.Init")
    private static String noted;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(FOLDER.resolve("order.yaml"), DECLARED);
        scene = new Scene(Map.of("events.dir", FOLDER.toString()));
        noted = note(Caller.OWNER, "first", UUID.randomUUID().toString());
        await().until(() -> get(Caller.OTHER, "/api/events/" + noted).status() == 200); // It has its place by then.
    }

    @AfterAll
    static void stop() {
        scene.close();
        TemporaryFolder.delete(FOLDER);
    }

    @CanIgnoreReturnValue
    private static String note(Caller caller, String number, String id) {
        var answer = emit(caller, number, id);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return id;
    }

    private static Scene.Answer emit(Caller caller, String number, String id) {
        return scene.call(
                "POST",
                "/api/events",
                scene.of(caller).token(),
                "{\"id\":\"" + id + "\",\"type\":\"order.noted\",\"data\":{\"number\":\"" + number + "\",\"margin\":\""
                        + MARGIN + "\",\"phone\":\"" + PHONE + "\"}}",
                Map.of());
    }

    private static void isNobodyElses(String text) {
        var owner = scene.of(Caller.OWNER);
        assertThat(text).doesNotContain(owner.email(), owner.name(), MARGIN, PHONE, "\"userId\":\"" + owner.id());
    }

    private static Scene.Answer get(Caller caller, String path) {
        return scene.call("GET", path, scene.of(caller).token(), "", Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?types=*",
                "?types=user.*,order.*",
                "?types=user.registered,order.noted",
                "?channels=public",
                "?types=role.*,signing-key.*,system.*,order.noted"
            })
    void showsOtherPeopleNothingOnAStreamLiveAndAgain(String query) throws IOException {
        var again = query + (query.isEmpty() ? "?" : "&") + "lastEventId=earliest";
        try (var stream = new OpenStream(
                        scene.node(), query, scene.of(Caller.OTHER).token());
                var replay = new OpenStream(
                        scene.node(), again, scene.of(Caller.OTHER).token())) {
            // When
            var person = scene.call(
                    "PATCH",
                    "/api/me",
                    scene.of(Caller.OWNER).token(),
                    "{\"name\":\"" + scene.of(Caller.OWNER).name() + "\"}",
                    Map.of("If-Match", "*"));
            assertThat(person.status()).isEqualTo(200);
            note(Caller.OWNER, "live" + query, UUID.randomUUID().toString());

            // Then
            stream.waitFor("\"number\":\"live" + query + "\"");
            replay.waitFor("\"number\":\"live" + query + "\"");
            isNobodyElses(stream.heard());
            isNobodyElses(replay.heard());
            assertThat(replay.heard()).contains("\"number\":\"first\"");
        }
    }

    @Test
    void refusesForeignChannelsByEveryWay() {
        var owner = scene.of(Caller.OWNER);
        for (var channel : List.of(
                "user:" + owner.id(),
                "role:admin",
                "user:*",
                "role:*",
                "*",
                "topic:feedback/*",
                "public,role:admin",
                "USER:" + owner.id())) {
            for (var path : List.of(
                    "/api/stream?channels=" + channel,
                    "/api/stream?lastEventId=earliest&channels=" + channel,
                    "/api/events?channels=" + channel)) {
                assertThat(get(Caller.OTHER, path).status())
                        .as(path)
                        .isIn(403, 422); // Streams tell what is not declared from what is not allowed.
            }
            var ticket = scene.call(
                    "POST",
                    "/api/stream/tickets",
                    scene.of(Caller.OTHER).token(),
                    "{\"channels\":[\"" + channel.replace(",", "\",\"") + "\"]}",
                    Map.of());
            assertThat(ticket.status()).as(channel).isEqualTo(403);
        }
    }

    @Test
    void showsNothingInHistoryByAnyFilterNorByAnotherReadersCursor() {
        // Given
        var owner = scene.of(Caller.OWNER);
        var own = scene.node().read(get(Caller.OWNER, "/api/events?type=user.*").body());
        var cursor = own.path("items").path(0).path("cursor").asText();
        var correlation = own.path("items").path(0).path("correlationid").asText();
        assertThat(own.path("items")).isNotEmpty();

        // When
        var asked = new ArrayList<String>();
        for (var filter : List.of(
                "subject=user:" + owner.id(),
                "correlation=" + correlation,
                "type=user.*,order.*",
                "after=" + cursor,
                "limit=200")) {
            var answer = get(Caller.OTHER, "/api/events?" + filter);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            asked.add(answer.body());
        }

        // Then
        asked.forEach(ForeignEventsIT::isNobodyElses);
        assertThat(scene.node().read(asked.get(0)).path("items").findValuesAsText("type"))
                .containsOnly("order.noted");
    }

    @Test
    void nobodyAsksWhatAnotherCaused() {
        var owner = scene.of(Caller.OWNER);
        for (var filter : List.of("", "&type=order.noted", "&subject=user:" + owner.id())) {
            var answer = get(Caller.OTHER, "/api/events?actor=" + owner.id() + filter);
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        }
        assertThat(get(Caller.OWNER, "/api/events?actor=" + owner.id()).body()).contains("\"number\":\"first\"");
    }

    @Test
    void showsHiddenFieldsNowhere() {
        var answers = new ArrayList<Scene.Answer>();
        for (var path : List.of(
                "/api/events/" + noted,
                "/api/events/" + noted + "/data",
                "/api/me/export",
                "/api/event-types/order.noted",
                "/metrics",
                "/health/ready",
                "/openapi.json",
                "/asyncapi.json",
                "/feature-map.json",
                "/types.ts")) {
            answers.add(get(Caller.OTHER, path));
        }
        answers.add(emit(Caller.OTHER, "first", noted)); // The same id and the same content, but from another.
        answers.add(emit(Caller.OTHER, "x".repeat(101), UUID.randomUUID().toString()));
        answers.forEach(answer -> isNobodyElses(answer.body()));
        assertThat(answers.get(0).body()).contains("\"number\":\"first\"");
        assertThat(get(Caller.ADMIN, "/api/events/" + noted + "/data").body()).contains(MARGIN, PHONE);
        assertThat(get(Caller.OWNER, "/api/events/" + noted + "/data").body())
                .contains(PHONE)
                .doesNotContain(MARGIN);
    }

    /* /docs is made of these in the browser; PolyglotIT looks there. */
    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/asyncapi.json", "/feature-map.json", "/types.ts", "/api/event-types"})
    void aTypeOfAFileIsInEveryDocument(String path) {
        assertThat(get(Caller.ADMIN, path).body()).contains("order.noted");
    }

    @Test
    void exportsWhatThePersonIsShownAndNoMore() {
        assertThat(get(Caller.OWNER, "/api/me/export").body())
                .contains("\"number\":\"first\"", PHONE)
                .doesNotContain(MARGIN);
    }

    @Test
    void tellsAdministratorsSecretsOfNobody() {
        var path = new Things(scene).path("/api/admin/dead-letters/{id}", scene.of(Caller.OWNER));
        for (var place : List.of(
                path,
                "/api/admin/dead-letters",
                "/api/admin/audit",
                "/api/admin/keys",
                "/api/admin/roles",
                "/api/users",
                "/metrics")) {
            var answer = get(Caller.ADMIN, place);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .as(place)
                    .doesNotContain(
                            MARGIN,
                            PHONE,
                            "$argon2",
                            "passwordHash",
                            "privateKey",
                            "\"d\":",
                            scene.of(Caller.OWNER).token());
        }
        assertThat(get(Caller.ADMIN, "/api/me/export").body())
                .doesNotContain(scene.of(Caller.OWNER).email(), PHONE);
    }
}
