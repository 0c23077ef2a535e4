package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.LogLines;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.logging.Logging;
import dev.skelly.logging.LoggingConfig;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever emits an event whose type promises it hears on the own stream how the work on it ended, and nobody else does. */
class EmitterNotificationsIT {

    private static final String TYPES = """
            types:
              - name: parcel.sent
                meaning: Somebody ordered.
                data: {type: object, properties: {number: {type: integer}}, required: [number], additionalProperties: false}
                audience: [self]
                emit: [user]
                outcome: true
            """;

    private static final LogLines LINES = new LogLines();
    private static final Path FOLDER = TemporaryFolder.make("skelly-test-events");
    private static final Promise<WorkResult> PACKED =
            Promise.promise(); // When the packer is done with what it has to wait for.
    private static final Set<UUID> HELD = ConcurrentHashMap.newKeySet(); // For which the packer waits.
    private static final Set<UUID> MENDED = ConcurrentHashMap.newKeySet(); // Which the packer does not refuse any more.

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private static String admin;

    @SuppressWarnings("NullAway.Init")
    private static Person ada;

    @SuppressWarnings("NullAway.Init")
    private static Person grace;

    /** Somebody and an open stream. */
    private record Person(String token, OpenStream stream) {

        private static Person named(String email) {
            assertThat(node.register(email)).isNotEmpty();
            var token = node.signIn(email);
            return new Person(token, new OpenStream(node, "", "Authorization", "Bearer " + token).ready());
        }

        private boolean heard(String type, UUID event) {
            return stream.lines().stream()
                    .anyMatch(line -> line.contains("\"type\":\"" + type + "\"") && line.contains(event.toString()));
        }
    }

    /** Two workers on one type; the number says what becomes of it: 1 is held, 2 is refused. */
    private static final class Warehouse implements Feature {

        @Override
        public String name() {
            return "warehouse";
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.workers(new Handling("billing"), new Handling("packer"));
        }
    }

    private record Handling(String name) implements Worker {

        @Override
        public Set<String> types() {
            return Set.of("parcel.sent");
        }

        @Override
        public Future<WorkResult> work(EventDelivery order) {
            if (name.equals("packer") && order.data().contains("1")) {
                HELD.add(order.id());
                return PACKED.future();
            }
            return name.equals("packer") && order.data().contains("2") && !MENDED.contains(order.id())
                    ? Future.succeededFuture(WorkResult.reject("out of stock"))
                    : Future.succeededFuture(WorkResult.done());
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Logging.apply(new LoggingConfig(LoggingConfig.Level.DEBUG, LoggingConfig.Format.TEXT));
        Files.writeString(FOLDER.resolve("orders.yaml"), TYPES);
        node = WholeNode.start(
                List.of(new Warehouse()), Map.of("ratelimit.enabled", "false", "events.dir", FOLDER.toString()));
        admin = node.signIn(WholeNode.ADMIN);
        ada = Person.named("ada@example.org");
        grace = Person.named("grace@example.org");
    }

    @AfterAll
    static void stop() {
        PACKED.tryComplete(WorkResult.done());
        List.of(ada, grace).forEach(person -> person.stream().close());
        node.close();
        LINES.close();
        Logging.apply(LoggingConfig.DEFAULT);
        TemporaryFolder.delete(FOLDER);
    }

    @Test
    void processedComesWhenTheLastWorkerIsDoneAndToItsEmitterAlone() {
        // Given
        var order = place(ada, 1);
        await().until(() -> HELD.contains(order)
                && count("select count(*) from outcome where event = $1 and waiting = '{packer}'", order) == 1);
        assertThat(told(order)).isZero();

        // When
        PACKED.complete(WorkResult.done());

        // Then
        await().until(() -> ada.heard("event.processed", order));
        assertThat(told(order)).isOne();
        othersAndTablesForget(order);
    }

    @Test
    void failedComesWhenAWorkerRefusesAndProcessedAfterARetryThatWentWell() {
        // Given
        var order = place(ada, 2);
        await().until(() -> ada.heard("event.failed", order));
        assertThat(ada.heard("event.processed", order)).isFalse();

        // When
        MENDED.add(order);
        act(order, "retry", "{}");

        // Then
        await().until(() -> ada.heard("event.processed", order));
        assertThat(told(order)).isEqualTo(2);
        othersAndTablesForget(order);
    }

    @Test
    void nothingFollowsADiscardAndNothingStays() {
        // Given
        var order = place(ada, 2);
        await().until(() -> ada.heard("event.failed", order));

        // When
        act(order, "discard", "{\"reason\":\"of no use\"}");

        // Then
        othersAndTablesForget(order);
        assertThat(told(order)).isOne();
        assertThat(ada.heard("event.processed", order)).isFalse();
    }

    /* An order of the other's own, made later, shows that her stream is well. */
    private static void othersAndTablesForget(UUID order) {
        var own = place(grace, 3);
        await().until(() -> grace.heard("event.processed", own));
        assertThat(grace.stream().heard(order.toString())).isFalse();
        assertThat(ada.stream().heard(own.toString())).isFalse();
        assertThat(count("select count(*) from outcome where event = $1", order))
                .isZero();
    }

    @Test
    void theLogJoinsAFailureToTheRequestThatLedToIt() {
        // Given
        var requestId = UUID.randomUUID().toString();

        // When
        var order = place(ada, 2, "X-Request-Id", requestId);
        await().until(() -> ada.heard("event.failed", order));

        // Then
        await().until(() -> logged("request answered", requestId).isPresent());
        await().until(() -> logged("became a dead letter", order.toString()).isPresent());
        var correlation = correlation(logged("became a dead letter", order.toString()));
        assertThat(correlation)
                .isNotEqualTo(requestId)
                .isEqualTo(correlation(logged("request answered", requestId)))
                .hasSize(36);
        assertThat(count("select count(*) from event where id = $1 and correlation = '" + correlation + "'", order))
                .isOne();
    }

    private static Optional<String> logged(String sentence, String about) {
        return LINES.text()
                .lines()
                .filter(line -> line.contains(sentence) && line.contains(about))
                .findFirst();
    }

    private static String correlation(Optional<String> line) {
        return line.map(text -> text.replaceFirst(".* correlation=([0-9a-f-]+).*", "$1"))
                .orElseThrow();
    }

    private static UUID place(Person person, int number, String... headers) {
        var answer = send(
                "/api/events",
                person.token(),
                "{\"type\":\"parcel.sent\",\"data\":{\"number\":" + number + "}}",
                headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(node.read(answer.body()).path("id").asText());
    }

    private static void act(UUID order, String act, String body) {
        var letter = Waiting.on(node.database()
                        .pool()
                        .preparedQuery("select id from dead_letter where event = $1 and worker = 'packer'")
                        .execute(Tuple.of(order)))
                .iterator()
                .next()
                .getUUID(0);
        var answer = send("/api/admin/dead-letters/" + letter + "/" + act, admin, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    private static long told(UUID order) {
        return count("select count(*) from event where subject = 'event:' || $1::uuid::text", order);
    }

    private static long count(String sql, UUID order) {
        return Waiting.on(node.database().pool().preparedQuery(sql).execute(Tuple.of(order)))
                .iterator()
                .next()
                .getLong(0);
    }

    private static HttpResponse<String> send(String path, String token, String body, String... headers) {
        var request = node.request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return node.send(request.header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
