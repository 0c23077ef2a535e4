/**
 * Runs the features' workers: one effect for each event and worker, however often it is delivered.
 *
 * <p>Owns the tables {@code inbox} and {@code dead_letter}. Writes {@link dev.skelly.worker.DeadLetterEvent}. Invariants:
 *
 * <ul>
 *   <li>The effect and the note that it was done commit in one transaction; the note names the attempt, so that of two runs of one event
 *       only one has an effect.
 *   <li>An attempt is counted before it begins: an event that kills the process uses its attempts up like any other.
 *   <li>A message is settled only after the database knows what becomes of its event. From then on the event is the database's: retries
 *       and what a dead node left behind run without the broker.
 *   <li>A running attempt is renewed by its node; one that is not renewed may be taken over by any node, and is noted as abandoned.
 *   <li>Every error of every attempt is kept until the event is done, or stands in its dead letter.
 *   <li>What runs is bounded for each worker and node, and so is what waits in memory. While the database is away nothing is settled and
 *       nothing new is taken.
 * </ul>
 *
 * <p>Order of events is not promised to a worker yet; a worker that wants a subject's events in order will be given one place a subject.
 */
@NullMarked
package dev.skelly.worker;

import org.jspecify.annotations.NullMarked;
