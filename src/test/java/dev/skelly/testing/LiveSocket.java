package dev.skelly.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A client of {@code /api/ws}: remembers every message. Close it. */
public final class LiveSocket implements WebSocket.Listener, AutoCloseable {

    private final List<JsonNode> messages = new ArrayList<>(); // Guarded by this, like the rest.
    private final StringBuilder partial = new StringBuilder();
    private Consumer<JsonNode> listener = message -> {};
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private LiveSocket(String url, String token) {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("skelly.v1.json")
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(url.replace("http", "ws") + "/api/ws"), this)
                .orTimeout(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Connects to a node by its URL; returns when the first message came. */
    public static LiveSocket open(String url, String token) {
        var opened = new LiveSocket(url, token);
        opened.await(message -> message.path("control").asText().equals("ready"));
        return opened;
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            var message = read(partial.toString());
            messages.add(message);
            partial.setLength(0);
            listener.accept(message);
            notifyAll();
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    /** Calls this for each message from now on, as it comes; it must not wait. */
    public synchronized void listen(Consumer<JsonNode> each) {
        listener = each;
    }

    /** Sends a message; quotes are written as apostrophes. */
    public void send(String json) {
        socket.sendText(json.replace('\'', '"'), true)
                .orTimeout(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Waits for the first message that matches. */
    @CanIgnoreReturnValue
    public synchronized JsonNode await(Predicate<JsonNode> wanted) {
        var end = System.nanoTime() + Waiting.LIMIT.toNanos();
        while (true) {
            var found = messages.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no such message in " + messages);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Waits for the answer to a request. */
    @CanIgnoreReturnValue
    public JsonNode answer(int ref) {
        return await(message -> message.path("ref").asInt(-1) == ref);
    }

    /** All messages so far. */
    public synchronized List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Forgets the messages so far. */
    public synchronized void clear() {
        messages.clear();
    }

    /** Waits for the close code. */
    public int closeCode() {
        return closed.orTimeout(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
