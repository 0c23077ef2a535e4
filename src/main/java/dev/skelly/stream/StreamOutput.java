package dev.skelly.stream;

import io.vertx.core.Future;

/** The connection that a session writes to. Confined to the hub's context. */
interface StreamOutput {

    /** Returns the name of the transport in metrics: {@code sse}, {@code websocket} or {@code poll}. */
    String transport();

    /** Returns the form of the events that it takes. */
    FrameFormat format();

    /** Writes events. */
    void events(FrameBatch frames);

    /**
     * Writes a control frame.
     *
     * @param name without the prefix {@code skelly.}
     * @param json a JSON object on one line
     */
    void control(String name, String json);

    /** Writes what a reader may need before anything else can be said. */
    default void greet() {}

    /** Writes a message that is not in the log. */
    void live(LiveMessage.LiveFrame frame);

    /** Says that live delivery begins after {@code cursor}. */
    default void ready(String cursor) {
        control("ready", "{\"cursor\":\"" + cursor + "\"}");
    }

    /** Shows that the connection is alive. */
    void beat(Heartbeat beat);

    /** Returns whether the output ends by itself once it has something to tell, as the response to a poll does. */
    default boolean endsWithNews() {
        return false;
    }

    /** Returns whether the other side vanished: it did not answer a beat in time. Known to WebSockets only. */
    default boolean silent() {
        return false;
    }

    /** Returns whether nothing more should be written until the handler of {@link #onDrain} runs. */
    boolean full();

    /** Sets the handler that runs when more can be written; it replaces the former one. */
    void onDrain(Runnable handler);

    /** Returns whether the connection has ended. */
    boolean closed();

    /**
     * Tells the reader why the stream ends, and ends it.
     *
     * @param place the reader's cursor; empty when the reader knows it
     * @param retryMillis when the reader may reconnect
     * @return completes when the last byte was handed to the socket; may fail or never complete when the socket takes no data
     */
    Future<Void> end(CloseReason reason, String place, long retryMillis);

    /** Ends the connection after a failure. */
    void fail();

    /** Cuts the connection. */
    void cut();
}
