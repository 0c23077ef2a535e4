package dev.skelly.features.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.Waiting;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A whole node with declared notifications and a mail server, and a person who is new in each test. */
abstract class NotificationsFixture {

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

    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static GreenMail server;

    @SuppressWarnings("NullAway.Init")
    static WholeNode node;

    private static int people;

    String name = "";
    String account = "";
    String token = "";

    @BeforeAll
    static void start() throws IOException {
        folder = TemporaryFolder.make("skelly-test-notifications");
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        Files.createDirectories(folder.resolve("events"));
        Files.createDirectories(folder.resolve("notifications"));
        Files.writeString(folder.resolve("events/types.yaml"), TYPES);
        var later = (OffsetDateTime.now(Clock.systemUTC()).getHour() + 12) % 24;
        Files.writeString(folder.resolve("notifications/kinds.yaml"), KINDS.formatted(later));
        node = WholeNode.start(Map.of(
                "ratelimit.enabled",
                "false",
                "events.per-second",
                "10000",
                "mail.smtp-url",
                "smtp://127.0.0.1:" + server.getSmtp().getPort(),
                "mail.starttls",
                "off",
                "auth.registration",
                "open",
                "events.dir",
                folder.resolve("events").toString(),
                "notifications.dir",
                folder.resolve("notifications").toString()));
    }

    @AfterAll
    static void stop() {
        node.close();
        server.stop();
        TemporaryFolder.delete(folder);
    }

    @BeforeEach
    void register() {
        name = "person" + ++people + "@example.org";
        account = node.register(name);
        token = node.signIn(name);
        node.database().execute("update account set verified_at = now() where id = '" + account + "'");
    }

    HttpResponse<String> call(String by, String method, String path, String body) {
        return node.send(node.request(path)
                .header("Authorization", "Bearer " + by)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    JsonNode list(String by, String query) {
        return node.read(call(by, "GET", "/api/notifications" + query, "").body());
    }

    void emit(String type, String data) {
        var answer = call(token, "POST", "/api/events", "{\"type\":\"%s\",\"data\":%s}".formatted(type, data));
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    void order(String id) {
        emit("order.sent", "{\"orderId\":\"%s\",\"buyer\":\"%s\",\"price\":\"qzvprice\"}".formatted(id, account));
    }

    /* How many events the worker has dealt with. */
    long handled() {
        var rows = Waiting.on(node.database()
                .pool()
                .query("select count(*) from work_done where worker = number_of_worker('notifications')")
                .execute());
        return rows.iterator().next().getLong(0);
    }

    static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(20));
    }

    @CanIgnoreReturnValue
    JsonNode awaitItems(String by, int number) {
        return await().until(() -> list(by, ""), page -> page.path("items").size() == number);
    }

    static List<String> texts(JsonNode page, String field) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    /* Data comes as the database writes it, with spaces. */
    static boolean told(OpenStream stream, String part) {
        return stream.lines().stream()
                .anyMatch(line -> line.replace(": ", ":").replace(", ", ",").contains(part));
    }

    static List<String> mails(String to) {
        return Arrays.stream(server.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .filter(mail -> mail.contains("To: " + to))
                .toList();
    }

    void prefer(String preferences) {
        assertThat(call(token, "PUT", "/api/me/preferences", preferences).statusCode())
                .isEqualTo(200);
    }
}
