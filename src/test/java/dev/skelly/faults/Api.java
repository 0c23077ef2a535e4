package dev.skelly.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of one or more nodes, in turn. */
final class Api {

    private static final Duration ANSWER_WITHIN = Waiting.LIMIT;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<URI, Integer> unanswered = new HashMap<>(); // This and the nodes are guarded by this.
    private List<URI> nodes;

    Api(List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** From now on, these nodes. */
    synchronized void nodes(List<URI> now) {
        this.nodes = List.copyOf(now);
    }

    /** Whether everything that was sent to a node has its answer, or will have none. */
    synchronized boolean answered(URI node) {
        return unanswered.getOrDefault(node, 0) == 0;
    }

    private synchronized void count(URI node, int more) {
        unanswered.merge(node, more, Integer::sum);
    }

    private synchronized URI begin() {
        var node = node();
        count(node, 1);
        return node;
    }

    HttpClient http() {
        return http;
    }

    ObjectMapper json() {
        return json;
    }

    /** Another node with every call. */
    synchronized URI node() {
        return nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    }

    /** Sends JSON to some node; the operation's id goes along as the request's id. */
    CompletableFuture<HttpResponse<String>> send(
            String method, String path, @Nullable String token, UUID op, @Nullable Object body) {
        var node = begin();
        var request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(ANSWER_WITHIN)
                .header("X-Request-Id", op.toString())
                .header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : text(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, failure) -> count(node, -1));
    }

    private HttpRequest.BodyPublisher text(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a body as JSON. */
    JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GET of plain text from one node; fails when it is away. */
    HttpResponse<String> get(URI node, String path) throws IOException {
        var request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
