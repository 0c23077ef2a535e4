package dev.skelly.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** Writes a session as WebSocket messages, one JSON object each. A beat is a ping, which the other side must answer. */
final class WebSocketOutput implements StreamOutput {

    private static final Buffer PING = Buffer.buffer("skelly");

    private final ServerWebSocket socket;
    private final long answerNanosMax;
    private long unansweredSince; // System.nanoTime() of the oldest ping without an answer; 0 without one.

    /**
     * Creates the output.
     *
     * @param answerNanosMax time in which a ping must be answered
     */
    WebSocketOutput(ServerWebSocket socket, long answerNanosMax) {
        this.socket = socket;
        this.answerNanosMax = answerNanosMax;
        socket.pongHandler(pong -> unansweredSince = 0);
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public FrameFormat format() {
        return FrameFormat.MESSAGE;
    }

    @Override
    public void events(FrameBatch frames) {
        for (var frame : frames.each()) {
            socket.writeTextMessage(frame.toString());
        }
    }

    @Override
    public void control(String name, String json) {
        message(MessageFrames.control(name, json));
    }

    @Override
    public void live(LiveMessage.LiveFrame frame) {
        message(frame.message());
    }

    /** Writes any message. */
    void message(String json) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(json);
        }
    }

    @Override
    public void beat(Heartbeat beat) {
        if (unansweredSince == 0) {
            unansweredSince = Math.max(1, System.nanoTime());
        }
        socket.writePing(PING);
        var place = beat.place();
        if (place != null) {
            message(MessageFrames.control("cursor", "{\"cursor\":\"" + place + "\"}"));
        }
    }

    @Override
    public boolean silent() {
        return unansweredSince != 0 && System.nanoTime() - unansweredSince > answerNanosMax;
    }

    /* A closed socket takes nothing, and answers no question about its queue. */
    @Override
    public boolean full() {
        return socket.isClosed() || socket.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable handler) {
        if (!socket.isClosed()) {
            socket.drainHandler(drained -> handler.run());
        }
    }

    @Override
    public boolean closed() {
        return socket.isClosed();
    }

    @Override
    public Future<Void> end(CloseReason reason, String place, long retryMillis) {
        if (socket.isClosed()) {
            return Future.succeededFuture();
        }
        var at = place.isEmpty() ? "" : ",\"cursor\":\"" + place + "\"";
        message(MessageFrames.control(
                "bye", "{\"reason\":\"" + reason.word() + "\",\"retryMs\":" + retryMillis + at + "}"));
        return socket.close(reason.code(), reason.word());
    }

    @Override
    public void fail() {
        socket.close((short) 1011, "internal");
    }

    @Override
    public void cut() {
        socket.close();
    }
}
