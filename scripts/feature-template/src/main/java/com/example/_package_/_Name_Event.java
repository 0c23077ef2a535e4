package com.example._package_;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.UUID;

/** What happens to an entry; administrators may read it. */
@Channels("role:admin")
public sealed interface _Name_Event extends Event {

    UUID id();

    @Override
    default String subject() {
        return "_name_:" + id();
    }

    @Override
    default Audience audience() {
        return Audience.of("role:admin");
    }

    @EventName("_name_.added")
    @Description("An entry was added.")
    record Added(UUID id, String text) implements _Name_Event {}
}
