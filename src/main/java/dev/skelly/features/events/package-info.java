/**
 * Events that come from outside: {@code POST /api/events}, its checks, and the appending of many in one commit. Invariants:
 *
 * <ul>
 *   <li>A caller hears 202 only after the commit of the transaction that holds its event.
 *   <li>An id that a caller chose is in the log once: the same content again gets the same answer, other content 409. The key is written in
 *       the event's own transaction.
 *   <li>Actor, time, correlation, source and position are ours: what a caller says of them is passed over or refused, never stored.
 *   <li>The events of one request are appended in their order, in one transaction.
 *   <li>A wrong event spoils no other: each of a request is answered on its own, and a batch that the database refuses is tried event by
 *       event.
 *   <li>What waits is bounded; beyond the bound the answer is 503 at once.
 * </ul>
 */
@NullMarked
package dev.skelly.features.events;

import org.jspecify.annotations.NullMarked;
