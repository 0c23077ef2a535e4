/**
 * Gives committed events their place in the one order, and hands them on: live to the nodes, durable to the broker.
 *
 * <p>One leader a cluster. Invariants:
 *
 * <ul>
 *   <li>Liveness is the lease's row, safety is its epoch: every stamp and every checkpoint names the epoch under which it is written, and
 *       one of a former leader changes nothing.
 *   <li>At most one stamp call is under way; what it answers is handed on only after it was committed, ascending and without holes.
 *   <li>A node is sent a chain: each batch begins where the one before ended, holds everything between that is in the node's buckets of
 *       that interest, and a node without buckets is sent nothing. The bus may lose batches; the reader heals the gap from the log.
 *   <li>A worker's checkpoint never passes an event that the broker has not accepted. What is sent again after a crash or a lost
 *       connection carries the same duplicate id.
 *   <li>Live and each worker have cursors of their own: neither the broker nor one worker's queue delays anybody else.
 *   <li>Everything is bounded: rows and bytes of a batch, events in memory for a worker, messages in flight, bytes of a live batch.
 *   <li>Any failure of the leader's own session ends its term; it connects again by itself and stands by like every other node.
 * </ul>
 */
@NullMarked
package dev.skelly.relay;

import org.jspecify.annotations.NullMarked;
