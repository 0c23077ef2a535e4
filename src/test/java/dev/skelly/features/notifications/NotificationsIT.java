package dev.skelly.features.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notifications of a whole node, with its workers, its stream and a mail server. */
class NotificationsIT {

    private static final String TYPES = """
            types:
              - name: order.sent
                meaning: An order is on its way.
                data:
                  type: object
                  properties: {orderId: {type: string}, buyer: {type: string}, price: {type: string}}
                  required: [orderId, buyer]
                audience: ["user:{buyer}", "role:admin"]
                views: {self: [orderId, buyer], admin: ["*"]}
                emit: [user]
                subject: order:{orderId}
              - name: note.left
                meaning: A person left a note.
                data: {type: object, properties: {text: {type: string}}}
                audience: [self]
                emit: [user]
              - name: shelf.empty
                meaning: A shelf is empty.
                data: {type: object, properties: {shelf: {type: string}}, required: [shelf]}
                audience: ["topic:shelf/{shelf}"]
                emit: [user]
                subject: shelf:{shelf}
            topics:
              - {pattern: "topic:shelf/{shelf}", read: [staff]}
            """;

    /* The hour of the digest is half a day away, so that none ends by itself. */
    private static final String KINDS = """
            notifications:
              - kind: order-sent
                meaning: One's own order is on its way.
                on: [order.sent]
                to: {person: buyer}
                text:
                  en: {title: "Order {orderId} was sent", body: "Price: {price}"}
                  de: {title: "Bestellung {orderId} ist unterwegs", body: "Preis: {price}"}
                link: /orders/{orderId}
                channels: [in-app, mail]
              - kind: order-watch
                meaning: Orders, for administrators.
                on: [order.sent]
                to: {role: admin}
                text: {en: {title: "{count} orders", body: "{orderId} for {price}"}}
                group: "{buyer}"
              - kind: notes
                meaning: One's own notes.
                on: [note.left]
                to: {person: actor}
                text: {en: {title: "{count} notes", body: "The last: {text}"}}
                channels: [in-app, mail]
                digest: {dailyAt: %d}
              - kind: shelf-empty
                meaning: A shelf is empty.
                on: [shelf.empty]
                to: {readers: "topic:shelf/{shelf}"}
                text: {en: {title: "Fill {shelf}"}}
            """;

    private static final Path FOLDER = TemporaryFolder.make("skelly-test-notifications");
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    private static int people;

    private String name = "";
    private String account = "";
    private String token = "";

    @BeforeAll
    static void start() throws IOException {
        MAIL.start();
        Files.createDirectories(FOLDER.resolve("events"));
        Files.createDirectories(FOLDER.resolve("notifications"));
        Files.writeString(FOLDER.resolve("events/types.yaml"), TYPES);
        var later = (OffsetDateTime.now(Clock.systemUTC()).getHour() + 12) % 24;
        Files.writeString(FOLDER.resolve("notifications/kinds.yaml"), KINDS.formatted(later));
        node = WholeNode.start(Map.of(
                "ratelimit.enabled",
                "false",
                "events.per-second",
                "10000",
                "mail.smtp-url",
                "smtp://127.0.0.1:" + MAIL.getSmtp().getPort(),
                "mail.starttls",
                "off",
                "auth.registration",
                "open",
                "events.dir",
                FOLDER.resolve("events").toString(),
                "notifications.dir",
                FOLDER.resolve("notifications").toString()));
    }

    @AfterAll
    static void stop() {
        node.close();
        MAIL.stop();
        TemporaryFolder.delete(FOLDER);
    }

    @BeforeEach
    void register() {
        name = "person" + ++people + "@example.org";
        account = node.register(name);
        token = node.signIn(name);
        node.database().execute("update account set verified_at = now() where id = '" + account + "'");
    }

    private HttpResponse<String> call(String by, String method, String path, String body) {
        return node.send(node.request(path)
                .header("Authorization", "Bearer " + by)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode list(String by, String query) {
        return node.read(call(by, "GET", "/api/notifications" + query, "").body());
    }

    private void emit(String type, String data) {
        var answer = call(token, "POST", "/api/events", "{\"type\":\"%s\",\"data\":%s}".formatted(type, data));
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    private void order(String id) {
        emit("order.sent", "{\"orderId\":\"%s\",\"buyer\":\"%s\",\"price\":\"17\"}".formatted(id, account));
    }

    private static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(20));
    }

    @CanIgnoreReturnValue
    private JsonNode awaitItems(String by, int number) {
        return await().until(() -> list(by, ""), page -> page.path("items").size() == number);
    }

    private static List<String> texts(JsonNode page, String field) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    /* Data comes as the database writes it, with spaces. */
    private static boolean told(OpenStream stream, String part) {
        return stream.lines().stream()
                .anyMatch(line -> line.replace(": ", ":").replace(", ", ",").contains(part));
    }

    private static List<String> mails(String to) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .filter(mail -> mail.contains("To: " + to))
                .toList();
    }

    private void prefer(String preferences) {
        assertThat(call(token, "PUT", "/api/me/preferences", preferences).statusCode())
                .isEqualTo(200);
    }

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
    void aFieldThatThePersonMayNotSeeIsInNoText() {
        // When
        order("secret");

        // Then
        var item = awaitItems(token, 1).path("items").get(0);
        assertThat(item.path("body").asText()).isEqualTo("Price: …");
        assertThat(item.path("link").asText()).isEqualTo("/orders/secret");
        assertThat(item.toString()).doesNotContain("17");
        var admin = node.signIn(WholeNode.ADMIN);
        await().until(() -> texts(list(admin, ""), "body"), bodies -> bodies.contains("secret for 17"));
        await().until(() -> mails(name).stream().anyMatch(mail -> mail.contains("Order secret was sent")));
        assertThat(mails(name)).noneMatch(mail -> mail.contains("17\r\n") && mail.contains("Price"));
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
        order("silent");
        prefer("{\"notifications\":{\"order-sent\":{\"mail\":false}}}");
        emit("note.left", "{}");

        // Then
        awaitItems(token, 1);
        assertThat(mails(name)).noneMatch(mail -> mail.contains("Order silent"));
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
        await().until(() -> texts(list(admin, ""), "body"), bodies -> bodies.contains("gone for 17"));
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
        await().until(() -> texts(list(admin, ""), "body"), bodies -> bodies.contains("late for 17"));
        var rows = node.database();
        assertThat(dev.skelly.testing.Waiting.on(rows.pool()
                                .query("select count(*) from notification where account = '" + account + "'")
                                .execute())
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
        assertThat(texts(list(admin, ""), "body")).doesNotContain("gone for 17");
    }
}
