/**
 * The log of everything that happened, and the transaction that writes it together with a feature's tables.
 *
 * <p>Owns the tables {@code event}, {@code subject_head}, {@code relay_lease} and {@code log_identity}. Invariants:
 *
 * <ul>
 *   <li>An event is in the log exactly when the transaction that changed the tables committed.
 *   <li>Positions are dense from 1, given once, in the order in which a subject's events were written; visible positions are always a
 *       prefix, so a reader at {@code n} that asks for more never misses one.
 *   <li>A stamped event's hash covers all of its row and the hash of the one before; data may be taken out, its digest stays.
 *   <li>Only the holder of the lease's present epoch gives positions.
 * </ul>
 *
 * <p>Everything else in Skelly can be rebuilt from here, so this package imports only {@code event}.
 */
@NullMarked
package dev.skelly.eventlog;

import org.jspecify.annotations.NullMarked;
