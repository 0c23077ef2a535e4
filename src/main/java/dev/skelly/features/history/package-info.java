/**
 * History of events: {@code GET /api/events}, with the same rights and views as the stream.
 *
 * <p>Owns no table. Invariants: the response for an event that its reader may not see is the same as for a missing one; no response contains a
 * field that a view hides; a page examines a bounded number of rows, so its cursor may continue where it found nothing.
 */
@NullMarked
package dev.skelly.features.history;

import org.jspecify.annotations.NullMarked;
