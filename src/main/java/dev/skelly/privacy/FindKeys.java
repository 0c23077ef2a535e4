package dev.skelly.privacy;

import dev.skelly.feature.Query;
import java.util.Set;

/**
 * The keys of subjects, for a node that shows events.
 *
 * @param subjects at most as many as a page has events
 */
record FindKeys(Set<String> subjects) implements Query<FoundKeys> {}
