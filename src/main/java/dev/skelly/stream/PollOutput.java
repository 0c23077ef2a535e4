package dev.skelly.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a session writes into the response to one poll. */
final class PollOutput implements StreamOutput {

    private static final int ITEMS_MAX = 300;
    private static final int BYTES_MAX = 256 * 1024;

    private final HttpServerResponse out;
    private final List<Buffer> items = new ArrayList<>();
    private final List<String> passed = new ArrayList<>();
    private final Map<String, List<String>> live = new LinkedHashMap<>();
    private int bytes;
    private @Nullable String gap;
    private boolean caughtUp;

    PollOutput(HttpServerResponse out) {
        this.out = out;
    }

    @Override
    public String transport() {
        return "poll";
    }

    @Override
    public FrameFormat format() {
        return FrameFormat.ITEM;
    }

    @Override
    public void events(FrameBatch frames) {
        items.addAll(List.of(frames.each()));
        bytes += frames.bytes();
    }

    @Override
    public void control(String name, String json) {
        switch (name) {
            case "gap" -> gap = json;
            case "passed" -> passed.add(json);
            case "ready" -> caughtUp = true;
            default -> {
                // The response says nothing of how the session began.
            }
        }
    }

    @Override
    public void live(LiveMessage.LiveFrame frame) {
        if (frame.type() != null) {
            items.add(Buffer.buffer(frame.json()));
        } else {
            live.computeIfAbsent(frame.kind(), kind -> new ArrayList<>()).add(frame.json());
        }
    }

    @Override
    public void beat(Heartbeat beat) {
        // A poll ends before a proxy would cut it.
    }

    @Override
    public boolean endsWithNews() {
        return !items.isEmpty() || !passed.isEmpty() || !live.isEmpty() || (gap != null && caughtUp);
    }

    @Override
    public boolean full() {
        return items.size() >= ITEMS_MAX || bytes >= BYTES_MAX;
    }

    @Override
    public void onDrain(Runnable handler) {
        // The rest is for the next poll.
    }

    @Override
    public boolean closed() {
        return out.closed() || out.ended();
    }

    /* The end of the waiting time is no reason that a client must know. */
    @Override
    public Future<Void> end(CloseReason reason, String place, long retryMillis) {
        if (closed()) {
            return Future.succeededFuture();
        }
        var body = Buffer.buffer(bytes + 256).appendString("{\"items\":[");
        for (var i = 0; i < items.size(); i++) {
            body.appendString(i == 0 ? "" : ",").appendBuffer(items.get(i));
        }
        body.appendString("]");
        if (!place.isEmpty()) {
            body.appendString(",\"cursor\":\"" + place + "\"");
        }
        if (gap != null) {
            body.appendString(",\"gap\":" + gap);
        }
        if (!passed.isEmpty()) {
            body.appendString(",\"passed\":[" + String.join(",", passed) + "]");
        }
        live.forEach((kind, messages) -> body.appendString(",\"" + kind + "\":[" + String.join(",", messages) + "]"));
        if (reason != CloseReason.MAX_AGE) {
            body.appendString(",\"bye\":{\"reason\":\"" + reason.word() + "\",\"retryMs\":" + retryMillis + "}");
        }
        return out.end(body.appendString("}"));
    }

    @Override
    public void fail() {
        out.reset();
    }

    @Override
    public void cut() {
        out.reset();
    }
}
