package dev.skelly.declaration;

import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.Emission;
import dev.skelly.feature.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a type with sensitive fields must be like, so that erasing a person makes them unreadable. */
final class SealingRules {

    private final List<Fault> faults;

    /** Adds what it finds to {@code faults}. */
    SealingRules(List<Fault> faults) {
        this.faults = faults;
    }

    void check(List<String> sensitive, List<ChannelTemplate> audience, @Nullable Emission emission, String pointer) {
        if (sensitive.isEmpty()) {
            return;
        }
        if (!(emission != null && emission.subject().personal())
                && audience.stream().filter(ChannelTemplate::personal).count() != 1) {
            faults.add(new Fault(
                    pointer,
                    "person",
                    "must be about one person, under whose key they are sealed: a subject self or user:{…}, or one such"
                            + " channel in audience"));
        }
        audience.forEach(channel -> requireSealed(sensitive, channel, pointer));
        if (emission != null) {
            requireSealed(sensitive, emission.subject(), pointer);
        }
    }

    /* Channels and subjects stand in the log as they are. */
    private void requireSealed(List<String> sensitive, ChannelTemplate template, String pointer) {
        template.slots().stream()
                .filter(sensitive::contains)
                .forEach(slot -> faults.add(new Fault(
                        pointer,
                        "slot",
                        slot + " stands in " + template + ", which is not sealed: take another field")));
    }
}
