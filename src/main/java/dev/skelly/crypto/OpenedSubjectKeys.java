package dev.skelly.crypto;

import java.util.Map;

/**
 * Decrypted keys. Sent only between nodes of one cluster.
 *
 * @param keys by subject; subjects without a key are absent
 */
public record OpenedSubjectKeys(Map<String, byte[]> keys) {

    /** Omits the keys. */
    @Override
    public String toString() {
        return "OpenedSubjectKeys[" + keys.size() + "]";
    }
}
