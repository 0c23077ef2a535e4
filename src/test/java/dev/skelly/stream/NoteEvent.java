package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.event.Catalogue;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.Means;
import dev.skelly.event.SeenBy;
import java.util.List;
import java.util.Map;

/** Facts for the tests of streams: notes to a channel. */
@SeenBy({"public", "role:{role}", "user:{user}", "topic:{topic}"})
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

    static Catalogue catalogue() {
        return Catalogue.of(Map.of("/skelly/notes", List.of(NoteEvent.class)));
    }
}
