package dev.skelly.privacy;

import java.util.Map;

/**
 * Opened keys. Travels between nodes of one cluster only.
 *
 * @param keys by subject; who is not there has none any more
 */
record FoundKeys(Map<String, byte[]> keys) {

    /** Without the keys. */
    @Override
    public String toString() {
        return "FoundKeys[" + keys.size() + "]";
    }
}
