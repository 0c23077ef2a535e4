package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Sensitive;
import dev.skelly.event.Topic;
import dev.skelly.event.VisibleTo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Facts for the tests of streams: notes to a channel. */
@Channels({"public", "role:{role}", "user:{user}", "topic:{topic}", "topic:{kind}/{topic}"})
sealed interface NoteEvent extends Event {

    /** A note to everybody who reads a channel. */
    @EventName("note.written")
    @Description("A note to everybody who reads a channel.")
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
    @Description("Another kind of note.")
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
    @Description("A note of which not everybody sees everything.")
    record Filed(
            UUID user,
            String channel,
            int number,
            @VisibleTo({"staff", "self"}) String margin,
            @VisibleTo("auditor") String price)
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
    @Description("A note with something that is sealed in the log.")
    record Whispered(
            UUID user,
            String channel,
            int number,
            @Sensitive @VisibleTo({"staff", "self"}) String secret) implements NoteEvent {

        @Override
        public String subject() {
            return Audience.user(user);
        }

        @Override
        public Audience audience() {
            return Audience.of(channel);
        }
    }

    /** A note to those who read any of several channels. */
    @EventName("note.shared")
    @Description("A note to those who read any of several channels.")
    record Shared(List<String> channels, int number) implements NoteEvent {

        @Override
        public String subject() {
            return "note:" + number;
        }

        @Override
        public Audience audience() {
            return Audience.of(channels.toArray(String[]::new));
        }
    }

    static EventTypeRegistry eventTypes() {
        return EventTypeRegistry.of(
                Map.of("/skelly/notes", List.of(NoteEvent.class)),
                new EventTypeRegistry.Declared(
                        List.of(),
                        List.of(
                                new Topic(ChannelTemplate.of("topic:feature/{feature}"), Set.of("staff")),
                                new Topic(ChannelTemplate.of("topic:inbox/{user}"), Set.of("user"))),
                        List.of()));
    }
}
