package dev.skelly.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a type with sensitive fields must be like, so that erasing a person makes them unreadable. */
public final class SensitiveFieldRules {

    private SensitiveFieldRules() {}

    /**
     * Why they would stay readable; empty when they would not.
     *
     * @param emission null for a type that does not come from outside
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

    /** Those that would stand in a channel or subject, which are in the log as they are. */
    static List<String> open(
            Collection<String> sensitive, List<ChannelTemplate> audience, @Nullable ChannelTemplate subject) {
        return Stream.concat(audience.stream(), Stream.ofNullable(subject))
                .flatMap(template -> template.slots().stream()
                        .filter(sensitive::contains)
                        .map(slot -> slot + " stands in " + template + ", which is not sealed: take another field"))
                .toList();
    }
}
