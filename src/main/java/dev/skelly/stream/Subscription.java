package dev.skelly.stream;

import dev.skelly.event.StoredEvent;
import dev.skelly.view.EventViews;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session reads: the events of these channels that have one of these types.
 *
 * @param channels without duplicates; those that the reader may read
 * @param types with the names that types had earlier
 * @param names the same for the log; null when only the filter can decide
 */
record Subscription(
        List<String> channels,
        EventTypeFilter types,
        @Nullable Set<String> names) {

    /** Reads nothing. */
    static final Subscription NOTHING = new Subscription(List.of(), EventTypeFilter.NOTHING, Set.of());

    Subscription {
        channels = List.copyOf(channels);
    }

    /** Returns whether its types have the names that they have by these declarations. */
    boolean isOf(EventViews views) {
        return types.equals(types.renamed(views)) && (names == null || names.equals(views.stored(names)));
    }

    /** Returns whether it includes an event. */
    boolean includes(StoredEvent event) {
        return types.matches(event.type()) && reads(event);
    }

    /** Returns whether it has one of an event's channels. */
    boolean reads(StoredEvent event) {
        for (var channel : event.channels()) {
            if (channels.contains(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the channels with some more. */
    List<String> channelsWith(List<String> more) {
        var all = new LinkedHashSet<>(channels);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** Returns the channels without some. */
    List<String> channelsWithout(List<String> less) {
        var all = new ArrayList<>(channels);
        all.removeAll(less);
        return all;
    }
}
