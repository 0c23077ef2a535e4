package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.event.Json;
import dev.skelly.ledger.Bookkeeper;
import dev.skelly.ledger.DeliveryCheck;
import dev.skelly.ledger.Verdict;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Nodes, a few people, thousands of streams of theirs, and events for everyone, for one person and for administrators. */
final class CrowdStage implements AutoCloseable {

    /** For everybody. */
    static final String PUBLIC = "ui.crowd-told";

    /** For the person who emits it. */
    static final String OWN = "ui.crowd-noted";

    /** For administrators. */
    static final String ADMIN = "ui.crowd-reported";

    private static final String ADMIN_EMAIL = "admin@example.org";
    private static final String PASSWORD = "correct horse battery staple";
    private static final List<String> UNLIMITED = List.of(
            "--admin.email=" + ADMIN_EMAIL,
            "--admin.password=" + PASSWORD,
            "--events.per-second=100000",
            "--http.connections-per-address=20000",
            "--stream.connections-per-user=20000",
            "--stream.connections-per-address=20000",
            "--stream.connections-per-node=20000",
            "--stream.connects-per-second=20000",
            "--stream.connects-per-address=20000");

    private final Stage stage;
    private final ManyStreams streams;
    private final List<Person> people = new ArrayList<>();

    private CrowdStage(Path folder, int nodeCount, long seed) {
        declare(folder);
        this.stage = Stage.empty(folder, nodeCount);
        this.streams = new ManyStreams(seed);
    }

    /**
     * Nodes without limits of streams, people who are signed in, and no streams.
     *
     * @param settings of each node, after those
     */
    static CrowdStage set(Path folder, int people, long seed, List<List<String>> settings) {
        var crowd = new CrowdStage(folder, settings.size(), seed);
        try {
            for (var n = 0; n < settings.size(); n++) {
                var flags = new ArrayList<>(UNLIMITED);
                flags.addAll(settings.get(n));
                crowd.stage.startNode(n, flags);
            }
            crowd.stage.crowd().gather(people);
            crowd.people.addAll(crowd.stage.crowd().people());
            return crowd;
        } catch (RuntimeException | Error failure) {
            crowd.close();
            throw failure;
        }
    }

    /* Where a node looks for them by itself. Analytics leave out what begins with ui, so no worker is busy with them. */
    private static void declare(Path folder) {
        var types = new StringBuilder("types:\n");
        Map.of(PUBLIC, "public", OWN, "self", ADMIN, "role:admin", Arrivals.LAST, "public")
                .forEach((name, channel) -> types.append("  - name: ")
                        .append(name)
                        .append("\n    meaning: Something for a crowd of streams.\n    data: {type: object, properties:"
                                + " {n: {type: integer}, text: {type: string}}}\n    audience: [\"")
                        .append(channel)
                        .append("\"]\n    emit: [user]\n"));
        try {
            var file = folder.resolve("conf").resolve("events").resolve("crowd.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stage stage() {
        return stage;
    }

    ManyStreams streams() {
        return streams;
    }

    List<Person> people() {
        return people;
    }

    /** Signs the administrator in. */
    Person admin() {
        var login = Map.of("email", ADMIN_EMAIL, "password", PASSWORD);
        var answer = on(stage.api().send("POST", "/api/auth/login", null, UUID.randomUUID(), login));
        var token = stage.api().read(answer.body()).path("accessToken").asText();
        return new Person(account(token), ADMIN_EMAIL, token);
    }

    private static UUID account(String token) {
        var claims = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
        try {
            return UUID.fromString(Json.mapper()
                    .readTree(new String(claims, StandardCharsets.UTF_8))
                    .path("sub")
                    .asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T on(CompletableFuture<T> future) {
        return future.orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Opens so many streams, people's in turn, and waits until all are live. */
    void open(int count) {
        IntStream.range(0, count)
                .mapToObj(n -> Reading.everything(people.get(n % people.size())))
                .forEach(streams::open);
        awaitLive(Waiting.LIMIT.multipliedBy(2));
    }

    /** Waits until every stream is live. */
    void awaitLive(Duration within) {
        await().atMost(within)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(streams.arrivals().live())
                        .as(streams.arrivals().told().toString())
                        .isEqualTo(streams.all().size()));
    }

    /** Emits so many events of a type in one request. Returns whether they are committed; a node with too much to do answers 503. */
    CompletableFuture<Boolean> emit(Person person, String type, int count, String text) {
        var items = IntStream.range(0, count)
                .mapToObj(n -> Map.of("type", type, "data", Map.of("n", n, "text", text)))
                .toList();
        return stage.api()
                .send("POST", "/api/events", person.token(), UUID.randomUUID(), Map.of("items", items))
                .thenApply(answer -> {
                    var statuses = stage.api().read(answer.body()).path("items").findValuesAsText("status");
                    var committed =
                            statuses.size() == count && statuses.stream().allMatch("202"::equals);
                    if (!committed && answer.statusCode() != 503) {
                        throw new AssertionError(answer.statusCode() + " " + answer.body());
                    }
                    return committed;
                });
    }

    /** Emits and waits for the commit. */
    void emitted(Person person, String type, int count) {
        await().until(() -> on(emit(person, type, count, "short")));
    }

    /** Emits one last event, waits until every stream has it, and checks what each of them got. Ends the streams. */
    Verdict settle() throws SQLException {
        emitted(people.get(0), Arrivals.LAST, 1);
        await().alias("every stream has got the last event")
                .atMost(Waiting.LIMIT.multipliedBy(2))
                .until(() -> streams.arrivals().complete() == streams.all().size());
        streams.close();
        try (var database = stage.services().connect()) {
            return DeliveryCheck.check(Bookkeeper.read(database), streams.all());
        }
    }

    @Override
    public void close() {
        streams.close();
        stage.close();
    }
}
