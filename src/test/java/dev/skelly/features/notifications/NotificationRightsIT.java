package dev.skelly.features.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who learns what from notifications of a whole node. */
class NotificationRightsIT extends NotificationsFixture {

    @Test
    void aFieldThatThePersonMayNotSeeIsInNoText() {
        // When
        order("secret");

        // Then
        var item = awaitItems(token, 1).path("items").get(0);
        assertThat(item.path("body").asText()).isEqualTo("Price: …");
        assertThat(item.path("link").asText()).isEqualTo("/orders/secret");
        assertThat(item.toString()).doesNotContain("qzvprice");
        var admin = node.signIn(WholeNode.ADMIN);
        await().until(() -> texts(list(admin, ""), "body"), bodies -> bodies.contains("secret for qzvprice"));
        await().until(() -> mails(name).stream().anyMatch(mail -> mail.contains("Order secret was sent")));
        assertThat(mails(name)).noneMatch(mail -> mail.contains("qzvprice"));
    }

    @Test
    void onlyReadersOfATopicAreNotified() {
        // Given
        var staff = "staff" + UUID.randomUUID() + "@example.org";
        var id = node.register(staff);
        node.database().execute("update account set roles = array['user', 'staff'] where id = '" + id + "'");
        node.database().execute("insert into role (name, grants) values ('staff', '{}') on conflict do nothing");
        var other = node.signIn(staff);

        // When
        emit("shelf.empty", "{\"shelf\":\"b7\"}");

        // Then
        assertThat(texts(awaitItems(other, 1), "title")).containsExactly("Fill b7");
        assertThat(list(token, "").path("items")).isEmpty();
    }

    @Test
    void aNotificationBelongsToOnePerson() {
        // Given
        order("mine");
        var id = texts(awaitItems(token, 1), "id").get(0);
        var other = node.signIn(WholeNode.ADMIN);

        // Then
        for (var path : List.of("/api/notifications/" + id, "/api/notifications")) {
            var body =
                    path.endsWith("s") ? "{\"ids\":[\"%s\"],\"state\":\"read\"}".formatted(id) : "{\"state\":\"read\"}";
            assertThat(call(other, "PATCH", path, body).statusCode()).isEqualTo(404);
        }
        assertThat(call(other, "POST", "/api/notifications/" + id + "/read", "").statusCode())
                .isEqualTo(404);
        assertThat(texts(list(other, ""), "id")).doesNotContain(id);
        assertThat(list(token, "?state=unread").path("items")).hasSize(1);
    }

    @Test
    void wrongPreferencesAreRefused() {
        for (var wrong : List.of(
                "{\"language\":\"not a language\"}",
                "{\"timeZone\":\"Mars/Olympus\"}",
                "{\"notifications\":7}",
                "{\"notifications\":{\"order-sent\":{\"sms\":true}}}",
                "{\"notifications\":{\"order-sent\":{\"mail\":\"no\"}}}")) {
            assertThat(call(token, "PUT", "/api/me/preferences", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
    }

    @Test
    void anErasureTakesNotificationsAndNoneFollows() {
        // Given
        order("gone");
        awaitItems(token, 1);
        var admin = node.signIn(WholeNode.ADMIN);
        await().until(() -> texts(list(admin, ""), "body"), bodies -> bodies.contains("gone for qzvprice"));
        assertThat(call(token, "GET", "/api/me/export", "").body()).contains("Order gone was sent");

        // When
        var erased = node.send(node.request("/api/me")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method("DELETE", BodyPublishers.ofString("{\"password\":\"" + WholeNode.PASSWORD + "\"}"))
                .build());
        assertThat(erased.statusCode()).isEqualTo(204);
        token = node.signIn(WholeNode.ADMIN);
        order("late");

        // Then
        await().until(() -> texts(list(admin, ""), "body"), bodies -> bodies.contains("late for qzvprice"));
        var rows = node.database();
        assertThat(dev.skelly.testing.Waiting.on(rows.pool()
                                .query("select count(*) from notification where account = '" + account + "'")
                                .execute())
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        assertThat(texts(list(admin, ""), "body")).doesNotContain("gone for qzvprice");
    }
}
