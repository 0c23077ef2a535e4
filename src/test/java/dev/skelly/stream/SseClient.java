package dev.skelly.stream;

import dev.skelly.event.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reader of a stream, as a browser's tab is one: remembers its last event id from one connection to the next. */
final class SseClient {

    private final HttpClient client;
    private final int port;
    private final String query;
    private final Map<String, String> headers;
    private final List<EventStreamParser.Dispatched> heard = new ArrayList<>(); // These are guarded by this.
    private @Nullable EventStreamParser parser;
    private @Nullable HttpClientResponse response;
    private @Nullable HttpClientRequest request;
    private String lastEventId = "";
    private int connection;
    private boolean ended;
    private Future<String> refusal = Future.failedFuture("not refused");

    SseClient(HttpClient client, int port, String query, Map<String, String> headers) {
        this.client = client;
        this.port = port;
        this.query = query;
        this.headers = headers;
    }

    static SseClient of(HttpClient client, StreamNode node, StreamNode.Person person, String query) {
        return new SseClient(client, node.port(), query, Map.of("Authorization", "Bearer " + person.token()));
    }

    /** Connects; completes with the response's head. */
    synchronized Future<HttpClientResponse> open() {
        var number = ++connection;
        ended = false;
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/api/stream" + query)
                .putHeader("Accept", "text/event-stream, application/problem+json");
        headers.forEach(options::putHeader);
        if (!lastEventId.isEmpty()) {
            options.putHeader("Last-Event-ID", lastEventId);
        }
        return client.request(options).compose(made -> {
            request = made;
            return made.send().onSuccess(answer -> begin(answer, number));
        });
    }

    private synchronized void begin(HttpClientResponse answer, int number) {
        response = answer;
        if (answer.statusCode() != 200) {
            refusal = answer.body().map(Buffer::toString);
            return;
        }
        var reading = new EventStreamParser(heard::add);
        parser = reading;
        answer.handler(chunk -> take(chunk, number, reading))
                .endHandler(end -> end(number))
                .exceptionHandler(failure -> end(number));
    }

    private synchronized void take(Buffer chunk, int number, EventStreamParser reading) {
        if (number == connection && !ended) {
            reading.feed(chunk.getBytes());
            if (!reading.lastEventId().isEmpty()) {
                lastEventId = reading.lastEventId();
            }
        }
    }

    private synchronized void end(int number) {
        ended |= number == connection;
    }

    /** Cuts the connection; what was not read by now is never read. */
    synchronized void cut() {
        ended = true;
        if (request != null) {
            request.connection().close();
        }
    }

    synchronized void pause() {
        if (response != null) {
            response.pause();
        }
    }

    synchronized void resume() {
        if (response != null) {
            response.resume();
        }
    }

    /** The body of an answer that was no stream. */
    synchronized Future<String> refusal() {
        return refusal;
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized int comments() {
        return parser == null ? 0 : parser.comments();
    }

    synchronized List<Integer> retries() {
        return parser == null ? List.of() : List.copyOf(parser.retries());
    }

    synchronized String lastEventId() {
        return lastEventId;
    }

    synchronized void lastEventId(String id) {
        lastEventId = id;
    }

    /** Everything dispatched so far, over all connections. */
    synchronized List<EventStreamParser.Dispatched> heard() {
        return List.copyOf(heard);
    }

    /** How often a control event of this name came. */
    long control(String name) {
        return heard().stream()
                .filter(event -> event.event().equals("skelly." + name))
                .count();
    }

    /** The data of the newest control event of this name. */
    String lastControl(String name) {
        var found = heard().stream()
                .filter(event -> event.event().equals("skelly." + name))
                .toList();
        return found.isEmpty() ? "" : found.get(found.size() - 1).data();
    }

    /** Of each event that is none of the stream's own, its type, channel and number, in the order in which they came. */
    List<String> notes() {
        return heard().stream()
                .filter(event -> !event.event().startsWith("skelly."))
                .map(event -> note(event.data()))
                .toList();
    }

    private static String note(String data) {
        try {
            var tree = Json.mapper().readTree(data);
            return tree.path("type").asText() + " " + tree.at("/data/channel").asText() + " "
                    + tree.at("/data/number").asText();
        } catch (IOException e) {
            throw new AssertionError(data, e);
        }
    }
}
