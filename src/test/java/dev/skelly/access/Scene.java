package dev.skelly.access;

import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole node with people of each kind, and things that belong to them. Blocks; close it. */
final class Scene implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofMillis(10);

    private final WholeNode node;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger number = new AtomicInteger();
    private final Person administrator;
    private final Map<Caller, Person> people = new HashMap<>();

    /** An answer whose body was read, or, of a stream, begun. */
    record Answer(int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            var values = headers.get(name);
            return values == null ? "" : values.get(0);
        }
    }

    Scene() {
        this(Map.of());
    }

    Scene(Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "ratelimit.enabled", "false",
                "security.password-memory-kib", "1024",
                "security.password-iterations", "1",
                "stream.connects-per-second", "1000"));
        all.putAll(settings);
        node = WholeNode.start(all);
        administrator = administrator();
        for (var caller : new Caller[] {Caller.OWNER, Caller.OTHER, Caller.DISABLED, Caller.ERASED}) {
            people.put(caller, person());
        }
        people.put(Caller.ADMIN, administrator);
        change("PATCH", of(Caller.DISABLED), "{\"disabled\":true}");
        change("DELETE", of(Caller.ERASED), "");
        await().pollInterval(OFTEN).until(() -> refused(Caller.DISABLED) && refused(Caller.ERASED));
    }

    private boolean refused(Caller caller) {
        return call("GET", "/api/me", of(caller).token(), "", Map.of()).status() == 401;
    }

    private void change(String method, Person person, String body) {
        var answer = call(method, "/api/users/" + person.id(), administrator.token(), body, Map.of("If-Match", "*"));
        if (answer.status() >= 300) {
            throw new AssertionError(method + ": " + answer);
        }
    }

    WholeNode node() {
        return node;
    }

    Person of(Caller caller) {
        var person = people.get(caller);
        if (person == null) {
            throw new AssertionError(caller + " is nobody");
        }
        return person;
    }

    /** Somebody new of a kind, for what would use up the one there is. */
    Person fresh(Caller caller) {
        var person = person();
        if (caller == Caller.ADMIN) {
            change("PATCH", person, "{\"roles\":[\"user\",\"admin\"]}");
            return signedIn(person.id(), person.email(), person.name());
        }
        return person;
    }

    /** Somebody new. */
    Person person() {
        var nth = number.incrementAndGet();
        var email = "ada" + nth + "@example.org";
        var name = "Augusta " + nth + " King";
        var answer =
                node.post("/api/auth/register", Map.of("email", email, "password", WholeNode.PASSWORD, "name", name));
        var id = node.read(answer.body()).path("id").asText();
        await().pollInterval(OFTEN)
                .until(() -> number("select count(*) from preferences where account = $1 and initialised", id) == 1);
        return signedIn(id, email, name);
    }

    private Person signedIn(String id, String email, String name) {
        return new Person(id, email, name, node.signIn(email));
    }

    private Person administrator() {
        var token = node.signIn(WholeNode.ADMIN);
        var own = node.read(call("GET", "/api/me", token, "", Map.of()).body());
        return new Person(own.path("id").asText(), WholeNode.ADMIN, "nobody's name", token);
    }

    /** One number out of the database. */
    long number(String query, String id) {
        return Waiting.on(node.database()
                .pool()
                .preparedQuery(query)
                .execute(Tuple.of(UUID.fromString(id)))
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    /** One text out of the database; empty where there is none. */
    String text(String statement) {
        var values = texts(statement);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The first column of all rows. */
    List<String> texts(String statement) {
        return Waiting.on(node.database()
                .pool()
                .query(statement)
                .mapping(row -> Objects.toString(row.getValue(0), ""))
                .execute()
                .map(rows -> rows.stream().toList()));
    }

    /** Asks with a token, or with none where it is empty; of a stream only the beginning is read. */
    Answer call(String method, String path, String token, String body, Map<String, String> headers) {
        var request = node.request(path).method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return answer(request.build());
    }

    private Answer answer(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofInputStream());
            try (var stream = answer.body()) {
                return new Answer(answer.statusCode(), answer.headers().map(), text(answer, stream));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String text(HttpResponse<?> answer, InputStream stream) throws IOException {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        return type.equals("text/event-stream") ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        node.close();
    }
}
