package dev.skelly.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of one session's subscription, each with the position from which it was asked for, and what the session had received when it went
 * back in the log. Confined to the hub's context.
 *
 * <p>Invariant: an event is sent when a part includes it after its position, unless it was received before the session went back.
 */
final class SubscriptionLayers {

    private static final int KEPT_MAX = 8;
    private static final int ADDED_MAX = 64;

    /* The events of these layers up to a position. */
    private record ReceivedLayers(List<SubscriptionLayer> layers, long upTo) {

        private boolean includes(EncodedEvent entry) {
            return entry.position() <= upTo && layers.stream().anyMatch(layer -> layer.includes(entry));
        }
    }

    private List<SubscriptionLayer> layers = List.of();
    private List<ReceivedLayers> received = List.of();
    private long settled = StreamSession.LATEST;

    /**
     * Adds parts.
     *
     * @param present the session's subscription until now
     * @param from the new parts include events after this position
     * @param delivered the session has received all of the present parts up to here
     */
    void add(Subscription present, List<Subscription> parts, long from, long delivered) {
        var all = new ArrayList<>(layers);
        if (all.isEmpty()) {
            all.add(new SubscriptionLayer(present, StreamSession.LATEST));
        } else if (all.size() > KEPT_MAX && settled <= delivered) {
            all.clear(); // What was received before is forgotten, and repeated if a later part includes it.
            all.add(new SubscriptionLayer(present, settled));
        }
        var before = new ArrayList<>(received);
        before.removeIf(past -> past.upTo <= delivered);
        if (from < delivered) {
            before.add(new ReceivedLayers(List.copyOf(all), delivered));
        }
        parts.forEach(part -> all.add(new SubscriptionLayer(part, from)));
        layers = List.copyOf(all);
        received = List.copyOf(before);
        settled = Math.max(settled, Math.max(from, delivered));
    }

    /** Returns whether so many parts are still being caught up with that no more should be added. */
    boolean full() {
        return layers.size() + received.size() >= ADDED_MAX;
    }

    /** Reduces all parts to what {@code whole} reads. */
    void within(Subscription whole) {
        layers = within(layers, whole);
        received = received.stream()
                .map(past -> new ReceivedLayers(within(past.layers, whole), past.upTo))
                .toList();
    }

    private static List<SubscriptionLayer> within(List<SubscriptionLayer> layers, Subscription whole) {
        return layers.stream()
                .map(layer -> layer.within(whole))
                .filter(layer -> !layer.subscription().channels().isEmpty())
                .toList();
    }

    /** Returns whether the parts decide about an event; after them the session's subscription alone does. */
    boolean decide(EncodedEvent entry) {
        return entry.position() <= settled;
    }

    /** Returns whether the session must receive an event about which the parts decide. */
    boolean include(EncodedEvent entry) {
        return layers.stream().anyMatch(layer -> layer.includes(entry))
                && received.stream().noneMatch(past -> past.includes(entry));
    }
}
