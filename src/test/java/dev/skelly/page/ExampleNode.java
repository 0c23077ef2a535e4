package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.Json;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The jar in a folder that {@code init} has filled: what examples run against. */
final class ExampleNode implements AutoCloseable {

    static final String PASSWORD = "a sentence that is long enough";

    private static final Pattern FIRST = Pattern.compile("#first-administrator=(\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SkellyProcess process;
    private final URI url;

    private ExampleNode(SkellyProcess process) {
        this.process = process;
        this.url = process.awaitReady();
    }

    /** Starts it on a free port. */
    static ExampleNode start(Path folder) {
        try (var init = SkellyProcess.start(folder, "init", List.of("init"))) {
            assertThat(init.exitCode(Waiting.LIMIT)).as(init.output()).isZero();
        }
        return new ExampleNode(SkellyProcess.start(folder, "node", List.of("--http.port=0")));
    }

    URI url() {
        return url;
    }

    /** Creates the first administrator by the link that the first start prints. */
    void makeAdministrator(String email, String name) {
        process.awaitLine(FIRST);
        var link = FIRST.matcher(process.output());
        assertThat(link.find()).isTrue();
        post(
                "/api/auth/first-administrator",
                "",
                Map.of("token", link.group(1), "email", email, "password", PASSWORD, "name", name));
    }

    /** Creates an account; the token of its session. */
    String register(String email) {
        post("/api/auth/register", "", Map.of("email", email, "password", PASSWORD));
        return login(email);
    }

    /** The token of a new session. */
    String login(String email) {
        var fields = Map.of("email", email, "password", PASSWORD);
        return post("/api/auth/login", "", fields).get("accessToken").textValue();
    }

    /** Writes that an item was added to a list. */
    void add(String token, String list, String text) {
        var data = Map.of("list", list, "item", text, "text", text);
        post("/api/events", token, Map.of("type", "list.item-added", "data", data));
    }

    @CanIgnoreReturnValue
    private JsonNode post(String path, String token, Map<String, ?> body) {
        return send("POST", path, token, Json.mapper().valueToTree(body).toString());
    }

    /** Sends a request; the body of the answer. */
    @CanIgnoreReturnValue // Fails unless the answer is a success.
    JsonNode send(String method, String path, String token, String body) {
        try {
            var request = HttpRequest.newBuilder(url.resolve(path))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return Json.mapper().readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
