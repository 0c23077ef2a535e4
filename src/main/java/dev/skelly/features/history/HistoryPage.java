package dev.skelly.features.history;

import dev.skelly.feature.SchemaName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of history.
 *
 * @param items newest last; may be empty although there is more
 * @param nextCursor where to go on; null where nothing was left when this was read
 */
@SchemaName("EventPage")
record HistoryPage(List<HistoryEvent> items, @Nullable String nextCursor) {}
