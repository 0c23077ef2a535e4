package dev.skelly.stream;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a registry by channel, so that an event costs its recipients only. Leaving is done in constant time: the last of a
 * list takes the place of the one that goes. Confined to the registry's context.
 */
final class ChannelIndex {

    private final Map<String, Members> byChannel = new HashMap<>();
    private final Members all = new Members();

    void add(StreamSession session) {
        var channels = session.reader().channels();
        for (var i = 0; i < channels.size(); i++) {
            session.places[i] = byChannel
                    .computeIfAbsent(channels.get(i), channel -> new Members())
                    .add(session);
        }
        session.places[channels.size()] = all.add(session);
    }

    void remove(StreamSession session) {
        var channels = session.reader().channels();
        for (var i = 0; i < channels.size(); i++) {
            var channel = channels.get(i);
            var members = byChannel.get(channel);
            if (members != null) {
                var moved = members.remove(session.places[i]);
                moved.places[moved.reader().channels().indexOf(channel)] = session.places[i];
                if (members.size == 0) {
                    byChannel.remove(channel);
                }
            }
        }
        var place = session.places[channels.size()];
        var moved = all.remove(place);
        moved.places[moved.places.length - 1] = place;
    }

    /** Those who read a channel; null for nobody. Not to be kept. */
    @Nullable
    Members reading(String channel) {
        return byChannel.get(channel);
    }

    int size() {
        return all.size;
    }

    /** Every session; one that leaves while it is its turn disturbs nobody. */
    void forEach(Consumer<StreamSession> visitor) {
        for (var i = all.size - 1; i >= 0; i--) {
            if (i < all.size) {
                visitor.accept(all.get(i));
            }
        }
    }

    /** A list without order. */
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

        /* Answers who is at this place now; the leaving one itself when it was the last. */
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
