package dev.skelly.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Writes a session as Server-Sent Events. The response's head is set and is sent with the first bytes. */
final class SseOutput implements StreamOutput {

    private final HttpServerResponse out;
    private final boolean named;

    /**
     * Creates the output.
     *
     * @param named whether frames carry the event's type as their name
     */
    SseOutput(HttpServerResponse out, boolean named) {
        this.out = out;
        this.named = named;
    }

    @Override
    public String transport() {
        return "sse";
    }

    @Override
    public FrameFormat format() {
        return named ? FrameFormat.NAMED : FrameFormat.UNNAMED;
    }

    @Override
    public void events(FrameBatch frames) {
        out.write(frames.buffer());
    }

    /* The first line tells a browser when to reconnect, also when the stream ends before anything else was said. */
    @Override
    public void greet() {
        out.write(StreamCloser.USUAL_RETRY);
    }

    @Override
    public void control(String name, String json) {
        out.write(Buffer.buffer(SseFrames.control(name, json)));
    }

    /* Also moves the browser's last event id, because what was passed may have been for others. */
    @Override
    public void ready(String cursor) {
        out.write(
                Buffer.buffer(SseFrames.place(cursor) + SseFrames.control("ready", "{\"cursor\":\"" + cursor + "\"}")));
    }

    @Override
    public void live(LiveMessage.LiveFrame frame) {
        out.write(frame.event(format()));
    }

    @Override
    public void beat(Heartbeat beat) {
        out.write(beat.frame());
    }

    @Override
    public boolean full() {
        return out.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable handler) {
        out.drainHandler(drained -> handler.run());
    }

    @Override
    public boolean closed() {
        return out.closed() || out.ended();
    }

    /* The response is ended only when the socket accepted the frames, because an ended response cannot be cut any more. */
    @Override
    public Future<Void> end(CloseReason reason, String at, long retryMillis) {
        var frames = Buffer.buffer((at.isEmpty() ? "" : SseFrames.place(at)) + SseFrames.bye(reason, retryMillis));
        return closed()
                ? Future.succeededFuture()
                : out.write(frames).compose(taken -> out.ended() ? Future.succeededFuture() : out.end());
    }

    @Override
    public void fail() {
        out.end();
    }

    @Override
    public void cut() {
        out.reset();
    }
}
