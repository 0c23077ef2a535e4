package dev.skelly.features.notifications;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A declared kind of notification.
 *
 * @param name e.g. {@code account-security}; unique
 * @param types the event types that it tells of
 * @param to who is told
 * @param texts by language tag
 * @param link a path on this site; null without one
 * @param channels {@code in-app} for the list, {@code mail}
 * @param group makes the key of the events that one notification stands for; null when each has its own
 */
record NotificationKind(
        String name,
        Set<String> types,
        Receiver to,
        Map<String, Words> texts,
        @Nullable TextTemplate link,
        Set<String> channels,
        Digest digest,
        @Nullable TextTemplate group) {

    /** The channel of the list. */
    static final String LIST = "in-app";

    /** Title and body in one language. */
    record Words(TextTemplate title, TextTemplate body) {}

    /** Copies the collections. */
    NotificationKind {
        types = Set.copyOf(types);
        texts = Map.copyOf(texts);
        channels = Set.copyOf(channels);
    }

    /** Tells whether it is in the list. */
    boolean inApp() {
        return channels.contains(LIST);
    }

    /** Tells whether it is mailed. */
    boolean mail() {
        return channels.contains("mail");
    }

    /** Returns the fields of the data that the texts and the link name. */
    Set<String> fields() {
        var fields = new TreeSet<String>();
        texts.values().forEach(words -> {
            fields.addAll(words.title().slots());
            fields.addAll(words.body().slots());
        });
        if (link != null) {
            fields.addAll(link.slots());
        }
        fields.remove(TextTemplate.COUNT);
        return fields;
    }
}
