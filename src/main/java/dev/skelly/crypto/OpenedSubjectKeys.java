package dev.skelly.crypto;

import java.util.Map;

/**
 * Opened keys. Travels between nodes of one cluster only.
 *
 * @param keys by subject; who is not there has none any more
 */
public record OpenedSubjectKeys(Map<String, byte[]> keys) {

    /** Without the keys. */
    @Override
    public String toString() {
        return "OpenedSubjectKeys[" + keys.size() + "]";
    }
}
