package dev.skelly.privacy;

import dev.skelly.feature.Query;
import java.util.Set;

/**
 * The keys of subjects, for a node that shows events.
 *
 * @param subjects at most as many as a page has events
 */
record FindKeys(Set<String> subjects) implements Query<FoundKeys> {

    private static final int SUBJECTS_MAX = 1_000;

    /** Refuses more than a node asks for at once. */
    FindKeys {
        if (subjects.size() > SUBJECTS_MAX) {
            throw new IllegalArgumentException(
                    "keys of " + subjects.size() + " subjects (expected: at most " + SUBJECTS_MAX + ")");
        }
        subjects = Set.copyOf(subjects);
    }
}
