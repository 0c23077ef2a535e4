package dev.skelly.stream;

import java.util.List;

/**
 * Tells other nodes who came, changed or left on one node. Repeated without entries every few seconds, so that a lost update is noticed and a
 * dead node is forgotten.
 *
 * @param node its name
 * @param version counts the updates with entries of this run of the node
 * @param part which part of the whole state this is, from 1; 0 for changes alone
 * @param parts how many parts the whole state has
 * @param leaving whether the node stops
 */
record PresenceUpdate(String node, long version, int part, int parts, boolean leaving, List<PresenceEntry> entries) {

    PresenceUpdate {
        entries = List.copyOf(entries);
    }
}
