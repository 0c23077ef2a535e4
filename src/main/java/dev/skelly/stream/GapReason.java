package dev.skelly.stream;

import java.util.Arrays;
import java.util.List;

/** Why a reader is told that something was left out. The words are part of what readers rely on. */
public enum GapReason {

    /** Reserved: what comes after the cursor is not kept any more. */
    EXPIRED("expired"),

    /** The cursor is not of this log, or of a time that a restored log does not know. */
    OTHER_LOG("other-log"),

    /** More came since than a stream makes up for. */
    TOO_FAR("too-far"),

    /** Reserved: some of it is not the reader's to see any more. */
    FORBIDDEN("forbidden");

    private final String word;

    GapReason(String word) {
        this.word = word;
    }

    /** As the frame has it. */
    public String word() {
        return word;
    }

    /** All of them, as frames have them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(GapReason::word).toList();
    }
}
