package dev.skelly.stream;

import java.util.Arrays;
import java.util.List;

/** The reason why the server ends a stream. The words are part of the protocol. */
public enum CloseReason {

    /** The node is shutting down. */
    DRAIN("drain"),

    /** The stream reached its maximum age. */
    MAX_AGE("max-age"),

    /** The rights with which it was opened have ended. */
    AUTH("auth"),

    /** The socket accepted no data for too long. */
    SLOW("slow");

    private final String word;

    CloseReason(String word) {
        this.word = word;
    }

    /** Returns the word in the frame. */
    public String word() {
        return word;
    }

    /** Returns all words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CloseReason::word).toList();
    }
}
