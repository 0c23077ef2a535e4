/**
 * Emission of events by clients: {@code POST /api/events}, the validation, and the batching of appends into one commit. Invariants:
 *
 * <ul>
 *   <li>A caller gets 202 only after the commit of the transaction that contains its event.
 *   <li>An id that a caller chose is in the log once: the same content again gets the same response, other content 409. The id is stored in
 *       the event's own transaction.
 *   <li>The server sets actor, time, correlation, source and position. Values from the caller are ignored or rejected, never stored.
 *   <li>The events of one request are appended in their order, in one transaction.
 *   <li>An invalid event does not affect others: each event of a request has its own result, and a batch that the database rejects is
 *       retried event by event.
 *   <li>The queue is bounded; beyond the bound the response is 503 at once.
 * </ul>
 */
@NullMarked
package dev.skelly.features.events;

import org.jspecify.annotations.NullMarked;
