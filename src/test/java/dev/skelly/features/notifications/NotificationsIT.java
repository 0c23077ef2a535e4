package dev.skelly.features.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.OpenStream;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Notifications of a whole node: digests, counts, states, languages and switches. */
class NotificationsIT extends NotificationsFixture {

    @Test
    void threeHundredEventsAtOnceAreOneNotificationAndOneMail() {
        // Given
        try (var stream = new OpenStream(node, "", "Authorization", "Bearer " + token).ready()) {
            // When
            var events = IntStream.range(0, 300)
                    .mapToObj(n -> "{\"type\":\"note.left\",\"data\":{\"text\":\"note %d\"}}".formatted(n))
                    .collect(Collectors.joining(",", "{\"items\":[", "]}"));
            assertThat(call(token, "POST", "/api/events", events).statusCode()).isEqualTo(202);

            // Then
            var page = await().until(
                            () -> list(token, ""),
                            found -> found.path("items").path(0).path("count").asInt() == 300);
            assertThat(page.path("items")).hasSize(1);
            assertThat(texts(page, "title")).containsExactly("300 notes");
            assertThat(page.path("counts").toString()).isEqualTo("{\"total\":1,\"unread\":1,\"unseen\":1}");
            await().until(() -> told(stream, "\"title\":\"300 notes\""));
            assertThat(stream.lines().stream().filter(line -> line.contains("\"type\":\"notification.created\"")))
                    .hasSize(1);
        }

        // When: the digest is over
        assertThat(mails(name)).noneMatch(mail -> mail.contains("notes"));
        node.database().execute("update notification set due_at = now() where account = '" + account + "'");

        // Then: one mail, and the next event begins another digest
        await().until(() -> mails(name).stream().anyMatch(mail -> mail.contains("300 notes")));
        emit("note.left", "{\"text\":\"late\"}");
        assertThat(texts(awaitItems(token, 2), "title")).containsExactly("1 notes", "300 notes");
        assertThat(mails(name).stream().filter(mail -> mail.contains("Subject: 300 notes")))
                .hasSize(1);
    }

    @Test
    void countsAreRightWhenEventsAndReadsCross() {
        // Given
        var reads = CompletableFuture.runAsync(() -> {
            for (var n = 0; n < 30; n++) {
                assertThat(call(token, "POST", "/api/notifications/read-all", "")
                                .statusCode())
                        .isEqualTo(200);
            }
        });

        // When
        for (var n = 0; n < 30; n++) {
            order("o" + n);
        }
        reads.join();

        // Then
        var page = awaitItems(token, 30);
        var unread = (int) StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(item -> !item.has("readAt"))
                .count();
        assertThat(page.path("counts").path("total").asInt()).isEqualTo(30);
        assertThat(page.path("counts").path("unread").asInt()).isEqualTo(unread);
        var done =
                node.read(call(token, "POST", "/api/notifications/read-all", "").body());
        assertThat(done.path("changed").asInt()).isEqualTo(unread);
        assertThat(done.path("counts").path("unread").asInt()).isZero();
    }

    @Test
    void statesAreChangedAndToldToEveryTab() {
        // Given
        order("a");
        awaitItems(token, 1);
        order("b");
        var ids = texts(awaitItems(token, 2), "id");

        // When
        try (var tab = new OpenStream(node, "", "Authorization", "Bearer " + token).ready()) {
            var seen = call(token, "PATCH", "/api/notifications", "{\"all\":true,\"state\":\"seen\"}");
            var read = call(token, "PATCH", "/api/notifications/" + ids.get(0), "{\"state\":\"read\"}");
            var archived = call(token, "PATCH", "/api/notifications/" + ids.get(1), "{\"state\":\"archived\"}");

            // Then
            assertThat(node.read(seen.body()).path("counts").toString())
                    .isEqualTo("{\"total\":2,\"unread\":2,\"unseen\":0}");
            assertThat(node.read(read.body()).path("counts").path("unread").asInt())
                    .isEqualTo(1);
            assertThat(node.read(archived.body()).path("counts").toString())
                    .isEqualTo("{\"total\":1,\"unread\":0,\"unseen\":0}");
            await().until(() -> told(tab, "\"counts\":{\"total\":1,\"unread\":0,\"unseen\":0}"));
            assertThat(told(tab, "\"type\":\"notification.read\"")).isTrue();
        }
        assertThat(texts(list(token, "?state=archived"), "id")).containsExactly(ids.get(1));
        assertThat(texts(list(token, "?order=asc"), "id")).containsExactly(ids.get(0));
        assertThat(list(token, "?state=unread").path("items")).isEmpty();
        assertThat(call(token, "PATCH", "/api/notifications/" + ids.get(1), "{\"state\":\"unread\"}")
                        .statusCode())
                .isEqualTo(200);
        var first = list(token, "?limit=1");
        assertThat(texts(
                        list(token, "?limit=1&after=" + first.path("nextCursor").asText()), "id"))
                .containsExactly(ids.get(1));
        assertThat(call(token, "PATCH", "/api/notifications", "{\"state\":\"read\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(call(token, "GET", "/api/notifications?state=new", "").statusCode())
                .isEqualTo(422);
    }

    @Test
    void textsAreInTheLanguageOfThePerson() {
        // Given
        prefer("{\"language\":\"de-AT\"}");

        // When
        order("7");

        // Then
        assertThat(texts(awaitItems(token, 1), "title")).containsExactly("Bestellung 7 ist unterwegs");
        await().until(() -> mails(name).stream().anyMatch(mail -> mail.contains("Subject: Bestellung 7")));
        assertThat(mails(name)).anyMatch(mail -> mail.contains("lang=\"de\"") || mail.contains("lang=3D\"de\""));
    }

    @Test
    void peopleSwitchKindsOff() {
        // Given
        prefer("{\"notifications\":{\"order-sent\":{\"inApp\":false}}}");

        // When
        order("quiet");

        // Then: by mail only
        await().until(() -> mails(name).stream().anyMatch(mail -> mail.contains("Order quiet was sent")));
        assertThat(list(token, "").path("counts").path("total").asInt()).isZero();

        // When
        prefer("{\"notifications\":false}");
        var before = handled();
        order("silent");
        await().until(() -> handled() > before);
        prefer("{\"notifications\":{\"order-sent\":{\"mail\":false}}}");
        emit("note.left", "{}");

        // Then
        awaitItems(token, 1);
        assertThat(mails(name)).noneMatch(mail -> mail.contains("Order silent"));
    }
}
