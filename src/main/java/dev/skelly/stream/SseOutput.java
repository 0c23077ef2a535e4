package dev.skelly.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.VoidChannelPromise;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * Writes a session as Server-Sent Events. The response's head is set and is sent with the first bytes.
 *
 * <p>What many sessions get is written behind the encoder of HTTP/1.1, as a chunk that was encoded once for all of them. The server writes
 * on the session's thread only and keeps no queue of its own, so bytes stay in the order in which they were written here.
 */
final class SseOutput implements StreamOutput {

    private final HttpServerResponse out;
    private final boolean named;
    private final @Nullable ChannelHandlerContext encoder; // Null for HTTP/2, and for HTTP/1.0, which has no chunks.

    /**
     * Creates the output.
     *
     * @param named whether frames carry the event's type as their name
     */
    SseOutput(HttpServerRequest request, boolean named) {
        this.out = request.response();
        this.named = named;
        this.encoder = request.version() == HttpVersion.HTTP_1_1 && request.connection() instanceof ConnectionBase base
                ? base.channel().pipeline().context(HttpResponseEncoder.class)
                : null;
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
        if (encoder == null) {
            out.write(frames.buffer());
        } else {
            write(encoder, frames.chunk(encoder.alloc()).retainedDuplicate());
        }
    }

    private static void write(ChannelHandlerContext encoder, ByteBuf chunk) {
        var unused = encoder.writeAndFlush(chunk, new VoidChannelPromise(encoder.channel(), false));
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
        if (encoder == null) {
            out.write(beat.frame());
        } else {
            write(encoder, beat.chunk());
        }
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
