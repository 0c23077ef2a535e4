package dev.skelly.stream;

import java.util.Arrays;
import java.util.List;

/** The reason why the server ends a stream. The words, and the codes of WebSockets, are part of the protocol. */
public enum CloseReason {

    /** The node is shutting down. */
    DRAIN("drain", 3000),

    /** The stream reached its maximum age. */
    MAX_AGE("max-age", 3001),

    /** The rights with which it was opened have changed, or its token has expired. */
    AUTH("auth", 3002),

    /** The socket accepted no data for too long. */
    SLOW("slow", 3003),

    /** The node cannot serve the stream at the moment: a limit is reached, or a server behind it is away. */
    BUSY("busy", 3004),

    /** The other side of a WebSocket answered no ping. */
    SILENT("silent", 3005),

    /** An administrator ended the connection. */
    ENDED("ended", 3006),

    /** The session has ended: only a new login helps. */
    SIGNED_OUT("auth", 3500),

    /** The caller may not open this stream, or asked for what does not exist. */
    REFUSED("refused", 3501),

    /** The other side of a WebSocket sends messages much faster than it may. */
    FLOOD("flood", 3502);

    private final String word;
    private final short code;

    CloseReason(String word, int code) {
        this.word = word;
        this.code = (short) code;
    }

    /** Returns the word in the frame. */
    public String word() {
        return word;
    }

    /** Returns the close code of a WebSocket: below 3500 the client reconnects, from 3500 on it does not. */
    public short code() {
        return code;
    }

    /** Returns all words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CloseReason::word).distinct().toList();
    }
}
