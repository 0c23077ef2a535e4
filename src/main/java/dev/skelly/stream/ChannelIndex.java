package dev.skelly.stream;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Indexes a hub's sessions by channel, so that an event costs only its recipients. Removal takes constant time: the last entry of a list
 * takes the place of the removed one. Confined to the hub's context.
 */
final class ChannelIndex {

    private final Map<String, Members> byChannel = new HashMap<>();
    private final Map<UUID, Members> byPerson = new HashMap<>();
    private final Members all = new Members();
    private final ReaderKinds kinds = new ReaderKinds();

    /** Returns the kinds of all readers. */
    ReaderKinds kinds() {
        return kinds;
    }

    void add(StreamSession session) {
        session.kind = kinds.enter(session);
        var channels = session.subscription().channels();
        session.places = new int[channels.size() + 2];
        for (var i = 0; i < channels.size(); i++) {
            session.places[i] = byChannel
                    .computeIfAbsent(channels.get(i), channel -> new Members())
                    .add(session);
        }
        var person = session.person();
        if (person != null) {
            session.places[channels.size()] =
                    byPerson.computeIfAbsent(person, account -> new Members()).add(session);
        }
        session.places[channels.size() + 1] = all.add(session);
    }

    void remove(StreamSession session) {
        var kind = session.kind;
        if (kind != null) {
            kinds.leave(kind);
            session.kind = null;
        }
        var channels = session.subscription().channels();
        for (var i = 0; i < channels.size(); i++) {
            var channel = channels.get(i);
            var members = byChannel.get(channel);
            if (members != null) {
                var moved = members.remove(session.places[i]);
                moved.places[moved.subscription().channels().indexOf(channel)] = session.places[i];
                if (members.size == 0) {
                    byChannel.remove(channel);
                }
            }
        }
        removePerson(session);
        var place = session.places[channels.size() + 1];
        var moved = all.remove(place);
        moved.places[moved.places.length - 1] = place;
    }

    private void removePerson(StreamSession session) {
        var person = session.person();
        var members = person == null ? null : byPerson.get(person);
        if (members != null) {
            var place = session.places[session.places.length - 2];
            var moved = members.remove(place);
            moved.places[moved.places.length - 2] = place;
            if (members.size == 0) {
                byPerson.remove(person);
            }
        }
    }

    /** Returns the sessions of a person; null if there are none. Callers must not keep the result. */
    @Nullable
    Members of(@Nullable UUID person) {
        return person == null ? null : byPerson.get(person);
    }

    /** Returns the sessions that read a channel; null if there are none. Callers must not keep the result. */
    @Nullable
    Members reading(String channel) {
        return byChannel.get(channel);
    }

    int size() {
        return all.size;
    }

    /** Visits every session; a session that leaves during its visit does not disturb the others. */
    void forEach(Consumer<StreamSession> visitor) {
        for (var i = all.size - 1; i >= 0; i--) {
            if (i < all.size) {
                visitor.accept(all.get(i));
            }
        }
    }

    /** An unordered list. */
    static final class Members {

        private StreamSession[] members = new StreamSession[2];
        private int size;

        int size() {
            return size;
        }

        StreamSession get(int place) {
            return members[place];
        }

        private int add(StreamSession session) {
            if (size == members.length) {
                members = Arrays.copyOf(members, size * 2);
            }
            members[size] = session;
            return size++;
        }

        /* Returns the session that now has this place, or the removed one when it was the last. */
        private StreamSession remove(int place) {
            size--;
            var last = members[size];
            members[place] = last;
            members[size] = null;
            if (size > 16 && size < members.length / 4) {
                members = Arrays.copyOf(members, members.length / 2);
            }
            return last;
        }
    }
}
