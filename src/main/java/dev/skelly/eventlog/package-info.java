/**
 * The log of all events, and the transaction that writes it together with a feature's tables.
 *
 * <p>Owns the tables {@code event}, {@code event_block}, {@code subject_head}, {@code relay_lease} and {@code log_identity}. Invariants:
 *
 * <ul>
 *   <li>An event is in the log exactly when the transaction that changed the tables committed.
 *   <li>Positions are dense from 1, assigned once, in the order in which a subject's events were written. Visible positions are always a
 *       prefix, so a reader that continues from {@code n} never misses one.
 *   <li>A sequenced event's hash covers its whole row and the previous hash; data may be redacted, its digest stays.
 *   <li>Only the holder of the lease's current epoch assigns positions.
 * </ul>
 *
 * <p>Everything else in Skelly can be rebuilt from here, so this package imports only {@code event}.
 */
@NullMarked
package dev.skelly.eventlog;

import org.jspecify.annotations.NullMarked;
