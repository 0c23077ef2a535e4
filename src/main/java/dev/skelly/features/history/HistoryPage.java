package dev.skelly.features.history;

import dev.skelly.cloudevents.CloudEvent;
import dev.skelly.feature.SchemaName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events.
 *
 * @param items in the requested order; may be empty although more follow
 * @param nextCursor for the next page; null when no more events existed at the time of reading
 */
@SchemaName("EventPage")
record HistoryPage(List<CloudEvent> items, @Nullable String nextCursor) {}
