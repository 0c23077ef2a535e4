package dev.skelly.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.config.Settings;
import dev.skelly.event.Json;
import dev.skelly.feature.Feature;
import dev.skelly.node.Node;
import dev.skelly.node.NodeConfig;
import dev.skelly.testkit.TemporaryFolder;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * A whole node in this process, with a folder of its own, a database and a broker of its own unless it is {@link #beside} another, and an
 * administrator. Blocks; close it.
 */
public final class WholeNode implements AutoCloseable {

    /** The administrator's address. */
    public static final String ADMIN = "admin@example.org";

    /** Everybody's password. */
    public static final String PASSWORD = "correct horse battery staple";

    /** Passwords as dear as they are by default, for tests of what hashing them does to others; a node of a test has the cheapest otherwise. */
    public static final Map<String, String> DEAR_PASSWORDS = Map.of(
            "security.password-memory-kib", Integer.toString(SecurityConfig.DEFAULT.passwordMemoryKib()),
            "security.password-iterations", Integer.toString(SecurityConfig.DEFAULT.passwordIterations()));

    private static final Duration ANSWER_MAX = Waiting.LIMIT;

    private final TestDatabase database;
    private final TestBroker broker;
    private final boolean guest;
    private final Path folder = TemporaryFolder.make("skelly-test-node");
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = Json.mapper();
    private final NodeConfig config;
    private Future<Node> start;

    private WholeNode(
            TestDatabase database,
            TestBroker broker,
            boolean guest,
            IntUnaryOperator door,
            List<Feature> features,
            Map<String, String> more) {
        this.database = database;
        this.broker = broker;
        this.guest = guest;
        this.config = config(door, features, more);
        this.start = Node.start(config, why -> {});
    }

    /** Answers when this returns. */
    public static WholeNode start(Map<String, String> settings) {
        return startBehind(port -> port, settings);
    }

    /** Begins to start; every other method but {@link #beside} waits until it has. */
    public static WholeNode begin(Map<String, String> settings) {
        return new WholeNode(TestDatabase.complete(), TestBroker.start(), false, port -> port, List.of(), settings);
    }

    private WholeNode started() {
        Waiting.on(start);
        return this;
    }

    private Node node() {
        return Waiting.on(start);
    }

    /** The same with more features. */
    public static WholeNode start(List<Feature> features, Map<String, String> settings) {
        return new WholeNode(TestDatabase.complete(), TestBroker.start(), false, port -> port, features, settings)
                .started();
    }

    /** Another over the same database and broker; closed before this one. */
    public WholeNode beside(Map<String, String> settings) {
        return new WholeNode(database, broker, true, port -> port, List.of(), settings).started();
    }

    /**
     * The same with something between the node and its database.
     *
     * @param door given the database's port, the port by which the node reaches it
     */
    public static WholeNode startBehind(IntUnaryOperator door, Map<String, String> settings) {
        return new WholeNode(TestDatabase.complete(), TestBroker.start(), false, door, List.of(), settings).started();
    }

    private NodeConfig config(IntUnaryOperator door, List<Feature> features, Map<String, String> more) {
        var flags = new HashMap<String, String>();
        var at = database.address();
        flags.put("http.port", "0");
        flags.put("data.dir", folder.resolve("data").toString());
        flags.put("db.url", "postgresql://127.0.0.1:" + door.applyAsInt(at.port()) + "/" + at.database());
        flags.put("security.unsealed-keys", "true");
        flags.put("db.user", at.user());
        flags.put("db.password", at.password());
        flags.put("broker.url", "amqp://127.0.0.1:" + broker.address().port());
        flags.put("broker.user", broker.address().user());
        flags.put("broker.password", broker.address().password());
        flags.put("shutdown.notice", "0s"); // Nobody asks whether it still listens.
        List.of("metrics", "health", "errors")
                .forEach(kind -> flags.put("system." + kind, "false")); // Tests know what is in the log.
        flags.put("admin.email", ADMIN);
        flags.put("admin.password", PASSWORD);
        flags.put("security.password-memory-kib", "1024"); // Many sign in, and few tests are about that.
        flags.put("security.password-iterations", "1");
        flags.putAll(more);
        try {
            var file = Files.writeString(folder.resolve("empty.yaml"), "");
            var settings = Settings.load(flags, Map.of(), file);
            var config = NodeConfig.read(settings, features);
            settings.check();
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends and begins again, on the same port if the settings name one.
     *
     * @param away is run between
     */
    public void restart(Runnable away) {
        Waiting.on(node().stop());
        away.run();
        start = Node.start(config, why -> {});
        Waiting.on(start);
    }

    public String url() {
        return node().url();
    }

    /** The lines that its features show to the operator. */
    public List<String> greeting() {
        return node().greeting();
    }

    public TestDatabase database() {
        return database;
    }

    /** Where it keeps what it keeps itself, such as the outbox. */
    public Path folder() {
        return folder.resolve("data");
    }

    /** A request to complete and {@link #send}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node().url() + path)).timeout(ANSWER_MAX);
    }

    /** The answer, whatever its status. */
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The answer to a GET. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    /** The answer to a POST of JSON by nobody. */
    public HttpResponse<String> post(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(write(body)))
                .build());
    }

    /** Registers a person with {@link #PASSWORD}; the account's id. */
    @CanIgnoreReturnValue
    public String register(String email) {
        var answer = post("/api/auth/register", Map.of("email", email, "password", PASSWORD));
        return read(answer.body()).path("id").asText();
    }

    /** Signs a person in; the access token. */
    public String signIn(String email) {
        var answer = post("/api/auth/login", Map.of("email", email, "password", PASSWORD));
        if (answer.statusCode() != 200) {
            throw new AssertionError("sign-in of " + email + ": " + answer.statusCode() + " " + answer.body());
        }
        return read(answer.body()).path("accessToken").asText();
    }

    /** A text as JSON. */
    public JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private String write(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        Waiting.on(node().stop());
        if (!guest) {
            broker.close();
            database.close();
        }
        TemporaryFolder.delete(folder);
    }
}
