package dev.skelly.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks that erasing a person makes the sensitive fields of a type unreadable. */
public final class SensitiveFieldRules {

    private SensitiveFieldRules() {}

    /**
     * Returns the reasons why the fields would stay readable; empty when there are none.
     *
     * @param emission null for a type that clients do not emit
     */
    public static List<String> faults(
            Collection<String> sensitive, List<ChannelTemplate> audience, @Nullable EmitRule emission) {
        if (sensitive.isEmpty()) {
            return List.of();
        }
        var faults = new ArrayList<String>();
        var subject = emission == null ? null : emission.subject();
        if (!(subject != null && subject.personal())
                && audience.stream().filter(ChannelTemplate::personal).count() != 1) {
            faults.add("must be about one person, under whose key they are sealed; the subject is "
                    + (subject == null ? "not given" : subject) + " and audience is " + audience
                    + " (expected: a subject self or user:{…}, or one such channel in audience)");
        }
        faults.addAll(open(sensitive, audience, subject));
        return faults;
    }

    /**
     * Returns the types whose sensitive fields differ, one line each. An event could be checked by one declaration and sealed by the other, so
     * such a change needs a start.
     */
    static List<String> changes(EventTypeRegistry present, EventTypeRegistry next) {
        return next.types().stream()
                .filter(type -> present.named(type.name())
                        .filter(before -> !before.sensitive().equals(type.sensitive()))
                        .isPresent())
                .map(type -> type.name() + ": sensitive is " + type.sensitive()
                        + " now (expected: the fields of the start; start the node again to change them)")
                .toList();
    }

    /** Returns the sensitive fields that would appear in a channel or subject, which the log stores in plain text. */
    static List<String> open(
            Collection<String> sensitive, List<ChannelTemplate> audience, @Nullable ChannelTemplate subject) {
        return Stream.concat(audience.stream(), Stream.ofNullable(subject))
                .flatMap(template -> template.slots().stream()
                        .filter(sensitive::contains)
                        .map(slot -> slot + " stands in " + template + ", which is not sealed: take another field"))
                .toList();
    }
}
