package dev.skelly.features.events;

import dev.skelly.feature.Command;
import java.util.List;

/** Finds the subjects to which no event can be appended now, because another transaction holds their heads. Changes nothing. */
record FindLockedSubjects(List<String> subjects) implements Command<FindLockedSubjects.LockedSubjects> {

    /** Some of the subjects that were asked about, in no order. */
    record LockedSubjects(List<String> subjects) {}
}
