package dev.skelly.stream;

import java.util.Arrays;
import java.util.List;

/** The reason of a gap that is reported to a reader. The words are part of the protocol. */
public enum GapReason {

    /** Reserved: the events after the cursor are no longer stored. */
    EXPIRED("expired"),

    /** The cursor belongs to another log, or to a time before the log was restored. */
    OTHER_LOG("other-log"),

    /** More events followed the cursor than a stream replays. */
    TOO_FAR("too-far"),

    /** Reserved: the reader may no longer see some of the events. */
    FORBIDDEN("forbidden");

    private final String word;

    GapReason(String word) {
        this.word = word;
    }

    /** Returns the word in the frame. */
    public String word() {
        return word;
    }

    /** Returns all words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(GapReason::word).toList();
    }
}
