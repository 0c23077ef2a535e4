/**
 * Runs the features' workers: one effect for each event and worker, however often it is delivered.
 *
 * <p>Owns the tables {@code inbox}, {@code dead_letter} and {@code handover}. Writes {@link dev.skelly.worker.DeadLetterEvent}. Invariants:
 *
 * <ul>
 *   <li>The effect and the record that it is done commit in one transaction; the record names the attempt, so that of two runs of one event
 *       only one has an effect.
 *   <li>An attempt is counted before it begins: an event that kills the process uses its attempts up like any other.
 *   <li>A message is settled only after the database stores the outcome of its event. From then on the database owns the event: retries and
 *       the attempts of a dead node run without the broker.
 *   <li>A running attempt is renewed by its node; any node may take over one that is not renewed, and records it as abandoned.
 *   <li>A finished event is forgotten only at or below the confirmed position in {@code handover}, because the relay takes an event above
 *       that is not in the inbox for one that the broker lost.
 *   <li>Every error of every attempt is kept until the event is done, or in its dead letter.
 *   <li>The running and the waiting events in memory are bounded for each worker and node. While the database is unavailable, nothing is
 *       settled and no new event is taken.
 * </ul>
 *
 * <p>Workers have no guaranteed order of events yet; a worker that needs a subject's events in order will get one slot per subject.
 */
@NullMarked
package dev.skelly.worker;

import org.jspecify.annotations.NullMarked;
