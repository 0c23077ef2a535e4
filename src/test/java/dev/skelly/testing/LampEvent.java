package dev.skelly.testing;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.EventTypeRegistry;
import java.util.List;
import java.util.Map;

/** Facts for tests that need some. */
@Channels({"public", "role:{role}", "user:{user}", "topic:{topic}"})
public sealed interface LampEvent extends Event {

    /** Which lamp. */
    String lamp();

    @Override
    default String subject() {
        return "lamp:" + lamp();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.PUBLIC);
    }

    /** A lamp was lit. */
    @EventName(value = "lamp.lit", formerly = "lamp.on")
    @Description("A lamp was lit.")
    record Lit(String lamp, int watts) implements LampEvent {}

    /** A lamp went out; only administrators hear of it. */
    @EventName("lamp.failed")
    @Description("A lamp went out; only administrators hear of it.")
    record Failed(String lamp, String why) implements LampEvent {

        @Override
        public Audience audience() {
            return Audience.of(Audience.role(Audience.ADMIN));
        }
    }

    /** A catalogue of lamps alone. */
    static EventTypeRegistry eventTypes() {
        return EventTypeRegistry.of(Map.of("/skelly/lamps", List.of(LampEvent.class)));
    }
}
