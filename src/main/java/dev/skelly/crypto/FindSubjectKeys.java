package dev.skelly.crypto;

import dev.skelly.feature.Query;
import java.util.Set;

/**
 * Finds the keys of subjects, for a node that shows events.
 *
 * @param subjects at most as many as a page has events
 */
public record FindSubjectKeys(Set<String> subjects) implements Query<OpenedSubjectKeys> {

    private static final int SUBJECTS_MAX = 1_000;

    /** Rejects more subjects than a node may ask for at once. */
    public FindSubjectKeys {
        if (subjects.size() > SUBJECTS_MAX) {
            throw new IllegalArgumentException(
                    "keys of " + subjects.size() + " subjects (expected: at most " + SUBJECTS_MAX + ")");
        }
        subjects = Set.copyOf(subjects);
    }
}
