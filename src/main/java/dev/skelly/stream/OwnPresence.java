package dev.skelly.stream;

import dev.skelly.feature.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is where by this node's own connections. Several tabs of a person are one: the state set last counts, and the person leaves a while after
 * the last tab did. Confined to one context.
 */
final class OwnPresence {

    /** Where a person is. */
    record PresencePlace(String channel, UUID account) {}

    /** What keeps a person there: an open connection, or a time. */
    private record Holding(@Nullable Instant until) {}

    private static final class Stay {
        private final Map<String, Holding> holdings = new LinkedHashMap<>();
        private PresenceEntry entry;
        private @Nullable Instant leavesAt; // After the last connection closed.

        private Stay(PresenceEntry entry) {
            this.entry = entry;
        }
    }

    private final Duration grace;
    private final int placesMax;
    private final Map<PresencePlace, Stay> stays = new HashMap<>();
    private final Map<String, List<PresencePlace>> byHolder = new HashMap<>();

    OwnPresence(Duration grace, int placesMax) {
        this.grace = grace;
        this.placesMax = placesMax;
    }

    /**
     * Takes a person in, or changes the state.
     *
     * @param holder what keeps the person there: a connection, or what the caller names
     * @param until when the stay ends unless it is renewed; null for as long as the connection
     * @throws Problem 429 when this node keeps too many people
     */
    PresenceEntry enter(
            PresencePlace place,
            String holder,
            @Nullable String name,
            String state,
            @Nullable Instant until,
            Instant now) {
        var stay = stays.get(place);
        if (stay == null) {
            if (stays.size() >= placesMax) {
                throw Problem.tooMany("too many people are present on this node", Duration.ofSeconds(30));
            }
            stay = new Stay(new PresenceEntry(place.channel(), place.account(), name, state, now, now));
            stays.put(place, stay);
        }
        var since = stay.entry.since();
        stay.entry = new PresenceEntry(place.channel(), place.account(), name, state, since, now);
        stay.leavesAt = null;
        if (stay.holdings.put(holder, new Holding(until)) == null) {
            byHolder.computeIfAbsent(holder, id -> new ArrayList<>()).add(place);
        }
        return stay.entry;
    }

    /** Returns whether a person is there. */
    boolean keeps(PresencePlace place) {
        return stays.containsKey(place);
    }

    /** Returns the number of places that a holder keeps. */
    int placesOf(String holder) {
        return byHolder.getOrDefault(holder, List.of()).size();
    }

    /** Ends one stay of a holder by its own will. Returns the entries that ended. */
    List<PresenceEntry> leave(PresencePlace place, String holder, Instant now) {
        var ended = new ArrayList<PresenceEntry>();
        var stay = stays.get(place);
        if (stay != null && stay.holdings.remove(holder) != null) {
            drop(holder, place);
            if (stay.holdings.isEmpty()) {
                ended.add(end(place, stay, now));
            }
        }
        return ended;
    }

    private void drop(String holder, PresencePlace place) {
        byHolder.computeIfPresent(holder, (id, places) -> {
            places.remove(place);
            return places.isEmpty() ? null : places;
        });
    }

    private PresenceEntry end(PresencePlace place, Stay stay, Instant now) {
        stays.remove(place);
        return stay.entry.left(now);
    }

    /** Notes that a connection closed: its people stay for the grace time, in which they may come back. */
    void closed(String holder, Instant now) {
        var places = byHolder.remove(holder);
        if (places == null) {
            return;
        }
        for (var place : places) {
            var stay = stays.get(place);
            if (stay != null) {
                stay.holdings.remove(holder);
                if (stay.holdings.isEmpty()) {
                    stay.leavesAt = now.plus(grace);
                }
            }
        }
    }

    /** Ends what is over. Returns the entries that ended. */
    List<PresenceEntry> sweep(Instant now) {
        var ended = new ArrayList<PresenceEntry>();
        for (var one : List.copyOf(stays.entrySet())) {
            var stay = one.getValue();
            stay.holdings.entrySet().removeIf(held -> {
                var until = held.getValue().until();
                var over = until != null && now.isAfter(until);
                if (over) {
                    drop(held.getKey(), one.getKey());
                }
                return over;
            });
            var leavesAt = stay.leavesAt;
            if (stay.holdings.isEmpty() && (leavesAt == null || now.isAfter(leavesAt))) {
                ended.add(end(one.getKey(), stay, now));
            }
        }
        return ended;
    }

    /** Returns all entries. */
    List<PresenceEntry> all() {
        return stays.values().stream().map(stay -> stay.entry).toList();
    }
}
