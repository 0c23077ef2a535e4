/**
 * Statistics of events.
 *
 * <p>Owns the table {@code event_count}. Emits no events. Handles every event except {@code ui.*}, of which there are too many, and counts it by
 * day and type. Administrators read the counts.
 */
@NullMarked
package dev.skelly.features.analytics;

import org.jspecify.annotations.NullMarked;
