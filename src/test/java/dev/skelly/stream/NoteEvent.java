package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.event.Catalogue;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.Means;
import dev.skelly.event.SeenBy;
import dev.skelly.event.Sensitive;
import dev.skelly.event.ShownTo;
import dev.skelly.event.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Facts for the tests of streams: notes to a channel. */
@SeenBy({"public", "role:{role}", "user:{user}", "topic:{topic}", "topic:{kind}/{topic}"})
sealed interface NoteEvent extends Event {

    /** A note to everybody who reads a channel. */
    @EventName("note.written")
    @Means("A note to everybody who reads a channel.")
    record Written(String channel, int number, String text) implements NoteEvent {

        @Override
        public String subject() {
            return "note:" + channel;
        }

        @Override
        public Audience audience() {
            return Audience.of(channel);
        }
    }

    /** Another kind of note. */
    @EventName("note.erased")
    @Means("Another kind of note.")
    record Erased(String channel, int number) implements NoteEvent {

        @Override
        public String subject() {
            return "note:" + channel;
        }

        @Override
        public Audience audience() {
            return Audience.of(channel);
        }
    }

    /** A note of which not everybody sees everything. */
    @EventName(value = "note.filed", formerly = "note.archived")
    @Means("A note of which not everybody sees everything.")
    record Filed(
            UUID user,
            String channel,
            int number,
            @ShownTo({"staff", "self"}) String margin,
            @ShownTo("auditor") String price)
            implements NoteEvent {

        @Override
        public String subject() {
            return Audience.user(user);
        }

        @Override
        public Audience audience() {
            return Audience.of(channel);
        }
    }

    /** A note of which not everybody sees everything, and of which that is sealed in the log. */
    @EventName("note.whispered")
    @Means("A note with something that is sealed in the log.")
    record Whispered(
            UUID user,
            String channel,
            int number,
            @Sensitive @ShownTo({"staff", "self"}) String secret) implements NoteEvent {

        @Override
        public String subject() {
            return Audience.user(user);
        }

        @Override
        public Audience audience() {
            return Audience.of(channel);
        }
    }

    static Catalogue catalogue() {
        return Catalogue.of(
                Map.of("/skelly/notes", List.of(NoteEvent.class)),
                new Catalogue.Declared(
                        List.of(),
                        List.of(
                                new Topic(ChannelTemplate.of("topic:room/{room}"), Set.of("staff")),
                                new Topic(ChannelTemplate.of("topic:inbox/{user}"), Set.of("user"))),
                        List.of()));
    }
}
