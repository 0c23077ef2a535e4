package dev.skelly.cli;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * One stream of {@code load}, which reconnects with its cursor as a browser does. Written on the event loops of its client; the figures are read when
 * they are at rest.
 */
final class LoadStream {

    private static final Pattern MARK = Pattern.compile("\"element\":\\s*\"([^\" ]+) (\\d+) (\\d+)\"");
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\\s*\"([^\"]+)\"");
    private static final long RETRY_MILLIS = 1_000;
    private static final int OK = 200;

    private final Vertx vertx;
    private final HttpClient client;
    private final String token;
    private final String run;
    private final LoadFigures figures;
    private final BitSet seen = new BitSet(); // Guarded by this, like the fields below.
    private String cursor = "latest";
    private boolean live;
    private boolean refused;
    private boolean closed;

    /**
     * Creates a stream that is not open.
     *
     * @param run marks the events of this run
     */
    LoadStream(Vertx vertx, HttpClient client, String token, String run, LoadFigures figures) {
        this.vertx = vertx;
        this.client = client;
        this.token = token;
        this.run = run;
        this.figures = figures;
    }

    synchronized boolean live() {
        return live;
    }

    /** Tells whether the first attempt to open it has ended. */
    synchronized boolean decided() {
        return live || refused;
    }

    synchronized int delivered() {
        return seen.cardinality();
    }

    synchronized void close() {
        closed = true;
    }

    void open() {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI("/api/stream?types=ui.clicked")
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Accept", "text/event-stream, application/problem+json") // A refusal is told, not repeated.
                .putHeader("Last-Event-ID", cursor());
        client.request(options)
                .compose(request -> request.send())
                .onSuccess(this::opened)
                .onFailure(failure -> ended(failure.getClass().getSimpleName()));
    }

    private synchronized String cursor() {
        return cursor;
    }

    private void opened(HttpClientResponse answer) {
        if (answer.statusCode() != OK) {
            ended("status " + answer.statusCode());
            return;
        }
        var frames = RecordParser.newDelimited("\n\n", this::frame);
        answer.handler(frames).endHandler(end -> ended("")).exceptionHandler(failure -> ended(""));
    }

    private synchronized void frame(Buffer bytes) {
        var arrived = System.nanoTime();
        var text = bytes.toString();
        if (text.contains("event: skelly.ready")) {
            var at = CURSOR.matcher(text);
            cursor = at.find() ? at.group(1) : cursor;
            live = true;
            return;
        }
        if (text.startsWith("id: ")) {
            cursor = text.substring("id: ".length()).lines().findFirst().orElse(cursor); // The line may stand alone.
        }
        var mark = MARK.matcher(text);
        if (mark.find() && mark.group(1).equals(run)) {
            deliver(Integer.parseInt(mark.group(2)), arrived, Long.parseLong(mark.group(3)));
        }
    }

    private void deliver(int number, long arrived, long sent) {
        if (seen.get(number)) {
            figures.doubled();
            return;
        }
        seen.set(number);
        figures.delivered(arrived, arrived - sent);
    }

    private synchronized void ended(String why) {
        if (closed) {
            return;
        }
        if (!live) {
            refused = true;
            figures.refused(why.isEmpty() ? "ended" : why);
            return;
        }
        figures.reconnected();
        vertx.setTimer(RETRY_MILLIS, tick -> open());
    }
}
