package dev.skelly.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Leads a browser by the DevTools protocol, for what WebDriver has no command for. */
final class DevTools implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build(); // Values of pages, not the product's JSON.

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final WebSocket socket;

    /**
     * Opens a connection to a browser.
     *
     * @param address host and port of its DevTools
     */
    DevTools(String address) {
        var http = HttpClient.newHttpClient();
        try {
            var version = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/json/version"))
                            .build(),
                    BodyHandlers.ofString());
            var url = JSON.readTree(version.body()).get("webSocketDebuggerUrl").textValue();
            this.socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(url), new Answers())
                    .join();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Collects the parts of a message. */
    private final class Answers implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
            text.append(part);
            if (whole) {
                var message = read(text.toString());
                text.setLength(0);
                var asked = waiting.remove(message.path("id").asInt());
                if (asked != null) {
                    asked.complete(message);
                }
            }
            from.request(1);
            return null;
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Sends a command and waits for its result.
     *
     * @param session that of a tab; null for the browser
     */
    @CanIgnoreReturnValue
    JsonNode send(@Nullable String session, String method, Map<String, ?> parameters) {
        try {
            var answer = start(session, method, parameters).get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.has("error")) {
                throw new AssertionError(method + ": " + answer.get("error"));
            }
            return answer.get("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends a command; what it returns may never complete. */
    @CanIgnoreReturnValue
    synchronized CompletableFuture<JsonNode> start(@Nullable String session, String method, Map<String, ?> parameters) {
        var id = last.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        var message = new HashMap<String, Object>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        try {
            socket.sendText(JSON.writeValueAsString(message), true).join();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return answer;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
