package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.stream.PresenceMember.PresentPerson;
import dev.skelly.stream.PresenceRegistry.ChannelChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes the messages from which the readers of a node learn who came, changed and left. */
final class PresenceMessages {

    /** Holds everyone who has an open stream. Not a channel of readers: administrators learn of it by {@link PresenceEvent}. */
    static final String ONLINE = "online";

    /** People that a message lists. */
    static final int LISTED_MAX = 200;

    private static final String SYSTEM = Audience.role(Audience.ADMIN);

    private final NodeEnvironment environment;

    PresenceMessages(NodeEnvironment environment) {
        this.environment = environment;
    }

    /** Returns the messages about the changes of a channel. */
    List<LiveMessage> of(ChannelChanges changes) {
        var system = changes.channel().equals(ONLINE);
        var readers = system ? SYSTEM : changes.channel();
        var now = environment.clock().instant();
        var messages = new ArrayList<LiveMessage>();
        if (!system) {
            messages.add(changed(changes, now.toString()));
        }
        changes.came()
                .forEach(person -> messages.add(event(
                        readers,
                        "presence.online",
                        person.id(),
                        "since",
                        person.since().toString())));
        changes.went().forEach(id -> messages.add(event(readers, "presence.offline", id, "lastSeen", now.toString())));
        return messages;
    }

    /* As the events of the log are written, without what only those have. */
    private LiveMessage event(String readers, String type, UUID account, String at, String time) {
        var json = "{\"specversion\":\"1.0\",\"id\":\"" + environment.ids().get()
                + "\",\"source\":\"/skelly/stream\",\"type\":\"" + type + "\",\"subject\":\"user:" + account
                + "\",\"time\":\"" + environment.clock().instant()
                + "\",\"datacontenttype\":\"application/json\",\"data\":{\"userId\":\"" + account
                + "\",\"channel\":" + LiveTopics.quoted(readers) + ",\"" + at + "\":\"" + time + "\"}}";
        return new LiveMessage(readers, type, json);
    }

    private static LiveMessage changed(ChannelChanges changes, String now) {
        var most = Math.max(
                changes.joined().size(),
                Math.max(changes.left().size(), changes.updated().size()));
        var left = changes.left().stream()
                .limit(LISTED_MAX)
                .map(id -> "{\"id\":\"" + id + "\",\"lastSeen\":\"" + now + "\"}")
                .collect(Collectors.joining(","));
        return new LiveMessage(
                changes.channel(),
                "presence",
                json(changes.channel(), changes.joined(), left, changes.updated(), changes.total())
                        + (most > LISTED_MAX ? ",\"truncated\":true}" : "}"));
    }

    private static String json(
            String channel, List<PresentPerson> joined, String left, List<PresentPerson> updated, int total) {
        return "{\"channel\":" + LiveTopics.quoted(channel) + ",\"joined\":[" + people(joined) + "],\"left\":[" + left
                + "],\"updated\":[" + people(updated) + "],\"total\":" + total;
    }

    /** Returns the message with which a reader begins: everybody who is there, or the first page of them. */
    static String beginning(String channel, PresenceRegistry.PresencePage page) {
        return json(channel, page.items(), "", List.of(), page.total())
                + page.next().map(id -> ",\"nextCursor\":\"" + id + "\"").orElse("") + "}";
    }

    private static String people(List<PresentPerson> people) {
        return people.stream()
                .limit(LISTED_MAX)
                .map(one -> "{\"id\":\"" + one.id() + "\""
                        + (one.name() == null ? "" : ",\"name\":" + LiveTopics.quoted(one.name())) + ",\"state\":"
                        + one.state() + ",\"since\":\"" + one.since() + "\"}")
                .collect(Collectors.joining(","));
    }
}
