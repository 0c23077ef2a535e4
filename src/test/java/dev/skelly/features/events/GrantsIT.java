package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a role is granted while the node runs: to emit, to read and to call; and all of it taken again. */
class GrantsIT {

    @SuppressWarnings("NullAway.Init")
    private static EventsFixture shop;

    @SuppressWarnings("NullAway.Init")
    private static String admin;

    @BeforeAll
    static void open() {
        shop = new EventsFixture();
        admin = shop.node().signIn(WholeNode.ADMIN);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static HttpResponse<String> get(String path, String token) {
        return shop.node()
                .send(shop.node()
                        .request(path)
                        .header("Authorization", "Bearer " + token)
                        .build());
    }

    private static JsonNode type(String name, String token) {
        return shop.body(get("/api/event-types/" + name, token));
    }

    private static void grant(String grants) {
        var answer = shop.node()
                .send(shop.node()
                        .request("/api/admin/roles/user")
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "*")
                        .PUT(BodyPublishers.ofString("{\"grants\":[" + grants + "]}"))
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aRoleCanBeRequiredToBeNew() {
        // When
        var made = make("\"emit:staff.called\"", "*");
        var again = make("\"emit:staff.*\"", "*");
        var listed = make("\"emit:staff.*\"", "\"1\"");

        // Then
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(412);
        assertThat(listed.statusCode()).as(listed.body()).isEqualTo(400);
        assertThat(get("/api/admin/roles/courier", admin).body()).contains("emit:staff.called");
    }

    private static HttpResponse<String> make(String grants, String noneMatch) {
        return shop.node()
                .send(shop.node()
                        .request("/api/admin/roles/courier")
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/json")
                        .header("If-None-Match", noneMatch)
                        .PUT(BodyPublishers.ofString("{\"grants\":[" + grants + "]}"))
                        .build());
    }

    @Test
    void toEmitIsSaidOfTheTypeAndHolds() {
        // Given
        assertThat(type("staff.called", admin).path("emittable").asBoolean()).isTrue();
        assertThat(type("staff.called", shop.token()).path("emittable").asBoolean())
                .isFalse();

        // When
        grant("\"emit:staff.*\"");
        await().until(() -> type("staff.called", shop.token()).path("emittable").asBoolean());
        var emitted = shop.emit("{\"type\":\"staff.called\",\"data\":{}}");
        grant("");

        // Then
        assertThat(emitted.statusCode()).as(emitted.body()).isEqualTo(202);
        await().until(() ->
                !type("staff.called", shop.token()).path("emittable").asBoolean());
    }

    @Test
    void toReadAChannelLetsTheTypeBeKnown() {
        // Given
        assertThat(get("/api/event-types/shelf.empty", shop.token()).statusCode())
                .isEqualTo(404);

        // When
        grant("\"read:topic:shelf/*\"");

        // Then
        await().until(() -> type("shelf.empty", shop.token()).has("schema"));
        assertThat(type("shelf.empty", shop.token()).path("emittable").asBoolean())
                .isFalse();
        grant("");
        await().until(() -> get("/api/event-types/shelf.empty", shop.token()).statusCode() == 404);
    }

    @Test
    void toCallARouteHoldsForThatRoute() {
        // Given
        var before = get("/api/analytics/summary", shop.token());
        assertThat(before.statusCode()).isEqualTo(403);
        assertThat(shop.body(before).path("detail").asText()).contains("call:analytics.summary");
        assertThat(get("/api/analytics/summary", admin).statusCode()).isEqualTo(200);

        // When
        grant("\"call:analytics.*\"");

        // Then
        await().until(() -> get("/api/analytics/summary", shop.token()).statusCode() == 200);
        assertThat(get("/api/admin/roles", shop.token()).statusCode()).isEqualTo(403);
        grant("");
        await().until(() -> get("/api/analytics/summary", shop.token()).statusCode() == 403);
    }
}
