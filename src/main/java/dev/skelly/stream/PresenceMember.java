package dev.skelly.stream;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person in a channel, merged from all nodes on which the person is. Confined to the registry's context. */
final class PresenceMember {

    private final Map<String, PresenceEntry> byNode = new HashMap<>();
    private @Nullable String told; // The state that watchers know; null when they do not know the person.
    private boolean online; // Whether the person's coming was told, or was before this node started.
    private boolean listed; // A list showed the person since; who has it must learn of what was never told, too.

    /** A change that watchers must learn. */
    enum Change {
        JOINED,
        LEFT,
        UPDATED
    }

    /** Takes a node's entry; one without a state removes the node. */
    void put(String node, PresenceEntry entry) {
        if (entry.state() == null) {
            byNode.remove(node);
        } else {
            byNode.put(node, entry);
        }
    }

    boolean remove(String node) {
        return byNode.remove(node) != null;
    }

    boolean isOn(String node) {
        return byNode.containsKey(node);
    }

    boolean present() {
        return !byNode.isEmpty();
    }

    private Optional<PresenceEntry> newest() {
        return byNode.values().stream().max(Comparator.comparing(PresenceEntry::changedAt));
    }

    /** Returns what changed since the last call; empty when nothing did. */
    Optional<Change> change() {
        var state = newest().map(PresenceEntry::state).orElse(null);
        var before = told;
        var seen = listed;
        told = state;
        listed = false;
        if (state == null) {
            return before == null && !seen ? Optional.empty() : Optional.of(Change.LEFT);
        }
        if (before == null) {
            return Optional.of(Change.JOINED);
        }
        return before.equals(state) && !seen ? Optional.empty() : Optional.of(Change.UPDATED);
    }

    /** Notes that the person was there before this node started. */
    void familiar() {
        online = true;
    }

    /** Returns whether the person came or left since the last call, as {@link Change#JOINED} or {@link Change#LEFT}. */
    Optional<Change> turn() {
        if (online == present()) {
            return Optional.empty();
        }
        online = !online;
        return Optional.of(online ? Change.JOINED : Change.LEFT);
    }

    /** Returns the person for a list; null when the person is not there. */
    @Nullable
    PresentPerson list(UUID account) {
        listed = true;
        return shown(account);
    }

    /** Returns the person as watchers see it; null when the person is not there. */
    @Nullable
    PresentPerson shown(UUID account) {
        var entry = newest().orElse(null);
        if (entry == null || entry.state() == null) {
            return null;
        }
        var since = byNode.values().stream().map(PresenceEntry::since).min(Comparator.naturalOrder());
        return new PresentPerson(account, entry.name(), entry.state(), since.orElse(entry.since()));
    }

    /**
     * A person who is there.
     *
     * @param state text of a JSON object
     */
    record PresentPerson(UUID id, @Nullable String name, String state, Instant since) {}
}
