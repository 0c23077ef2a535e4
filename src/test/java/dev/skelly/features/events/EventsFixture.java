package dev.skelly.features.events;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A node that knows some declared types, and a person who is signed in. */
final class EventsFixture implements AutoCloseable {

    private static final String TYPES = """
            types:
              - name: cart.left
                meaning: A person left with things in the cart.
                data:
                  type: object
                  properties:
                    cartId: {type: string, minLength: 1, maxLength: 40}
                    total: {type: number, minimum: 0}
                  required: [cartId]
                  additionalProperties: false
                audience: [self, "role:admin"]
                emit: [user]
                subject: cart:{cartId}
                outcome: true
              - name: staff.called
                meaning: Somebody of the staff is wanted.
                data: {type: object, properties: {}, additionalProperties: false}
                audience: [public]
                emit: [staff]
              - name: door.rung
                meaning: Somebody is at the door, whoever it is.
                data: {type: object, properties: {door: {type: string, maxLength: 10}}, required: [door], additionalProperties: false}
                audience: [public]
                emit: [anyone]
                subject: door:{door}
              - name: note.left
                meaning: A person left a note for themselves.
                data:
                  type: object
                  properties: {text: {type: string, maxLength: 500}, numbers: {type: array}, deep: {type: object}}
                  additionalProperties: false
                audience: [self]
                emit: [user]
              - name: parcel.sent
                meaning: A parcel is on its way to a person.
                data:
                  type: object
                  properties: {parcel: {type: string, minLength: 1, maxLength: 40}, street: {type: string, maxLength: 100}}
                  required: [parcel]
                  additionalProperties: false
                audience: [self, "role:admin"]
                sensitive: [street]
                emit: [user]
                subject: parcel:{parcel}
              - name: parcel.lost
                meaning: A person's parcel is not found.
                data: {type: object, properties: {owner: {type: string, maxLength: 40}, street: {type: string, maxLength: 100}}}
                audience: ["user:{owner}"]
                sensitive: [street]
                emit: [user]
                subject: street:lost
              - name: shelf.empty
                meaning: A shelf wants to be filled.
                data: {type: object, properties: {shelf: {type: string, maxLength: 10}}, required: [shelf], additionalProperties: false}
                audience: ["topic:shelf/{shelf}"]
                emit: [staff]
              - name: proof.given
                meaning: A person gave a proof that takes long to read.
                data:
                  type: object
                  properties: {lines: {type: array, items: {allOf: [{$ref: '#/$defs/line'}, {$ref: '#/$defs/line'}]}}}
                  $defs: {line: {type: string, maxLength: 1000, pattern: '^(.*a){300}$'}}
                audience: [self]
                emit: [user]
              - name: bell.rung
                meaning: Somebody wants to be served.
                data: {type: object, properties: {times: {type: integer}}, additionalProperties: false}
                audience: [self]
                emit: [user]
            """;

    private final Path folder = TemporaryFolder.make("skelly-test-events");
    private final WholeNode node;
    private final String token;
    private final String account;

    EventsFixture() {
        this(Map.of());
    }

    EventsFixture(Map<String, String> more) {
        declare();
        var settings = new HashMap<>(Map.of("events.dir", folder.toString(), "ratelimit.enabled", "false"));
        settings.putAll(more);
        node = WholeNode.start(settings);
        account = node.register("ada@example.org");
        token = node.signIn("ada@example.org");
    }

    private void declare() {
        try {
            Files.writeString(folder.resolve("shop.yaml"), TYPES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WholeNode node() {
        return node;
    }

    String token() {
        return token;
    }

    String account() {
        return account;
    }

    @Override
    public void close() {
        node.close();
        TemporaryFolder.delete(folder);
    }

    /** The answer to a POST to /api/events by the person; headers as names and values in turn. */
    HttpResponse<String> emit(String type, String body, String... headers) {
        var request = node.request("/api/events")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        for (var index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        return node.send(request.build());
    }

    HttpResponse<String> emit(String body) {
        return emit("application/json", body);
    }

    HttpResponse<String> get(String path) {
        return node.send(
                node.request(path).header("Authorization", "Bearer " + token).build());
    }

    JsonNode json(String text) {
        return node.read(text);
    }

    /** An event as history tells it. */
    HttpResponse<String> read(String id) {
        await().until(() -> number("select count(*) from event where id = '" + id + "' and position is not null") == 1);
        return get("/api/events/" + id);
    }

    /** Events that somebody emitted or forged; what the product adds by itself comes at its own time. */
    long rows() {
        return number("select count(*) from event where type = 'user.registered'"
                + " or split_part(type, '.', 1) not in ('user', 'event', 'system', 'signing-key')");
    }

    long number(String sql) {
        return Waiting.on(node.database().pool().query(sql).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    String text(String sql) {
        return Waiting.on(node.database().pool().query(sql).execute())
                .iterator()
                .next()
                .getValue(0)
                .toString();
    }

    JsonNode body(HttpResponse<String> answer) {
        return node.read(answer.body());
    }

    /** The least headers of an event in binary mode. */
    static String[] attributes() {
        var id = UUID.randomUUID().toString();
        return new String[] {"ce-specversion", "1.0", "ce-id", id, "ce-type", "cart.left", "ce-source", "/x"};
    }

    /** An event in structured mode with more attributes. */
    static String structured(String rest) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"cart.left\"," + rest + "}";
    }
}
