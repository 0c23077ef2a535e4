/**
 * The log as people may read it afterwards: {@code GET /api/events}, by the same rights and views as the stream.
 *
 * <p>Owns no table. Invariants: an event that its reader may not see is answered as one that is not there; a field that a view hides is in
 * no answer; a page looks at a bounded number of rows, so its cursor may go on where it found nothing.
 */
@NullMarked
package dev.skelly.features.history;

import org.jspecify.annotations.NullMarked;
