package dev.skelly.stream;

import java.util.Arrays;
import java.util.List;

/** Why the server ends a stream. The words are part of what readers rely on. */
public enum CloseReason {

    /** The node is shutting down. */
    DRAIN("drain"),

    /** It was open for as long as one may be. */
    MAX_AGE("max-age"),

    /** The rights that it was opened with have ended. */
    AUTH("auth"),

    /** The socket took nothing for too long. */
    SLOW("slow");

    private final String word;

    CloseReason(String word) {
        this.word = word;
    }

    /** As the frame has it. */
    public String word() {
        return word;
    }

    /** All of them, as frames have them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CloseReason::word).toList();
    }
}
