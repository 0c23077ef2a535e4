/**
 * Runs the features' workers: one effect for each event and worker, however often it is delivered.
 *
 * <p>Owns the tables {@code inbox}, {@code work_done}, {@code work_group}, {@code work_node}, {@code worker_number}, {@code outcome}, {@code dead_letter} and {@code
 * handover}. Writes {@link dev.skelly.worker.DeadLetterEvent} and {@link dev.skelly.worker.ProcessingEvent}. Invariants:
 *
 * <ul>
 *   <li>The effect and the record that it is done commit in one transaction; the key of {@code work_done} makes one effect of one event.
 *   <li>Events that wait at the same time share that transaction. If it fails as a whole, each event gets its own.
 *   <li>Work that reaches outside the database, an event that was delivered before, a retry, and everything after a process was killed are
 *       recorded before they begin: an event that kills the process uses its attempts up like any other, and only its own.
 *   <li>A message is settled only after the database stores the outcome of its event, or that a node sees to it. From then on the database owns
 *       the event: retries and the attempts of a dead node run without the broker.
 *   <li>A running attempt, or group, is renewed by its node; any node may take over one that is not renewed, and records it as abandoned.
 *   <li>The events of a subject of an ordered worker run one after another in the whole cluster, in the order of the log.
 *   <li>A finished event is forgotten only at or below the confirmed position in {@code handover}, because the relay takes an event above
 *       that the tables do not have for one that the broker lost.
 *   <li>Every error of every attempt is kept until the event is done, or in its dead letter.
 *   <li>The running and the waiting events in memory are bounded for each worker and node. While the database is unavailable, nothing is
 *       settled and no new event is taken.
 * </ul>
 */
@NullMarked
package dev.skelly.worker;

import org.jspecify.annotations.NullMarked;
