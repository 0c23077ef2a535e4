package dev.skelly.stream;

import dev.skelly.stream.PresenceMember.PresentPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Who is in which channel, on all nodes. Each node is the source of its own connections; the others keep a copy. A join, a leave and a change
 * cost what one person costs, not what the channel holds. Confined to one context.
 */
final class PresenceRegistry {

    /**
     * The changes of a channel since watchers were told.
     *
     * @param came people whose stay began, without those who were there before this node started
     * @param went people whose stay ended, each of whom came before or was there
     */
    record ChannelChanges(
            String channel,
            List<PresentPerson> joined,
            List<UUID> left,
            List<PresentPerson> updated,
            int total,
            List<PresentPerson> came,
            List<UUID> went) {}

    /** A page of a channel's people, ascending by id. */
    record PresencePage(List<PresentPerson> items, int total, Optional<UUID> next) {}

    private final Map<String, NavigableMap<UUID, PresenceMember>> channels = new HashMap<>();
    private final Map<String, Set<UUID>> changed = new LinkedHashMap<>();

    /** Takes a node's entry. */
    void put(String node, PresenceEntry entry) {
        var people = channels.get(entry.channel());
        if (entry.state() == null && (people == null || !people.containsKey(entry.account()))) {
            return;
        }
        channels.computeIfAbsent(entry.channel(), name -> new TreeMap<>())
                .computeIfAbsent(entry.account(), id -> new PresenceMember())
                .put(node, entry);
        mark(entry.channel(), entry.account());
    }

    private void mark(String channel, UUID account) {
        changed.computeIfAbsent(channel, name -> new LinkedHashSet<>()).add(account);
    }

    /**
     * Replaces all that a node had said.
     *
     * @param familiar who was there before this time did not come now
     */
    void replace(String node, Collection<PresenceEntry> entries, Instant familiar) {
        var kept = new HashMap<String, Set<UUID>>();
        for (var entry : entries) {
            kept.computeIfAbsent(entry.channel(), name -> new HashSet<>()).add(entry.account());
            put(node, entry);
            if (entry.since().isBefore(familiar)) {
                Optional.ofNullable(channels.get(entry.channel()))
                        .map(people -> people.get(entry.account()))
                        .ifPresent(PresenceMember::familiar);
            }
        }
        each((channel, people) -> people.forEach((account, member) -> {
            if (!kept.getOrDefault(channel, Set.of()).contains(account) && member.remove(node)) {
                mark(channel, account);
            }
        }));
    }

    private void each(BiConsumer<String, NavigableMap<UUID, PresenceMember>> visitor) {
        channels.forEach(visitor);
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** Returns the changes since the last call, and drops the people who left. */
    List<ChannelChanges> takeChanges() {
        var all = new ArrayList<ChannelChanges>();
        changed.forEach((channel, accounts) -> {
            var people = channels.get(channel);
            if (people != null) {
                changes(channel, people, accounts).ifPresent(all::add);
            }
        });
        changed.clear();
        return all;
    }

    private Optional<ChannelChanges> changes(
            String channel, NavigableMap<UUID, PresenceMember> people, Collection<UUID> accounts) {
        var joined = new ArrayList<PresentPerson>();
        var left = new ArrayList<UUID>();
        var updated = new ArrayList<PresentPerson>();
        var came = new ArrayList<PresentPerson>();
        var went = new ArrayList<UUID>();
        for (var account : accounts) {
            var member = people.get(account);
            if (member == null) {
                continue;
            }
            var shown = member.shown(account);
            member.change().ifPresent(change -> {
                if (shown == null) {
                    left.add(account);
                } else if (change == PresenceMember.Change.JOINED) {
                    joined.add(shown);
                } else {
                    updated.add(shown);
                }
            });
            member.turn().ifPresent(turn -> {
                if (shown == null) {
                    went.add(account);
                } else {
                    came.add(shown);
                }
            });
            if (!member.present()) {
                people.remove(account);
            }
        }
        if (people.isEmpty()) {
            channels.remove(channel);
        }
        return joined.isEmpty() && left.isEmpty() && updated.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChannelChanges(channel, joined, left, updated, people.size(), came, went));
    }

    /** Returns the people of a channel after one of them. */
    PresencePage page(String channel, Optional<UUID> after, int limit) {
        var people = channels.get(channel);
        if (people == null) {
            return new PresencePage(List.of(), 0, Optional.empty());
        }
        var items = new ArrayList<PresentPerson>();
        var rest = after.map(id -> people.tailMap(id, false)).orElse(people);
        UUID last = null;
        for (var one : rest.entrySet()) {
            if (items.size() == limit) {
                return new PresencePage(items, total(channel, people), Optional.ofNullable(last));
            }
            var shown = one.getValue().list(one.getKey());
            if (shown != null) {
                items.add(shown);
                last = one.getKey();
            }
        }
        return new PresencePage(items, total(channel, people), Optional.empty());
    }

    /* Who left is in the map until watchers were told. */
    private int total(String channel, Map<UUID, PresenceMember> people) {
        var gone = changed.getOrDefault(channel, Set.of()).stream()
                .map(people::get)
                .filter(member -> member != null && !member.present())
                .count();
        return people.size() - (int) gone;
    }
}
