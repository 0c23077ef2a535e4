/**
 * Sequences committed events into one total order and forwards them: live to the nodes, durably to the broker.
 *
 * <p>The cluster has one leader. Invariants:
 *
 * <ul>
 *   <li>Liveness comes from the lease's row, safety from its epoch: every sequencing call and every checkpoint names its epoch, and a write
 *       of a former leader changes nothing.
 *   <li>At most one sequencing call runs at a time. Its events are forwarded only after the commit, ascending and without holes.
 *   <li>A node receives a chain: each batch starts where the previous one ended and holds every event in the node's buckets of that
 *       interest. A node without buckets receives nothing. The bus may lose batches; the reader fills the gap from the log.
 *   <li>A worker's checkpoint never passes an event that the broker has not accepted. A message that is sent again after a crash or a lost
 *       connection carries the same duplicate id.
 *   <li>Every event at or below a worker's confirmed position has been in its inbox. Every event between that and the checkpoint is in the
 *       inbox, in the broker's queue, or handed over again once a probe has shown that the broker lost it.
 *   <li>The live stream and each worker have separate cursors: neither the broker nor one worker's queue delays the others.
 *   <li>A due time of a scheduled job has one run at a time. Its claim in the job's row decides, not leadership.
 *   <li>All buffers are bounded: rows and bytes of a batch, events in memory for a worker, messages in flight, bytes of a live batch.
 *   <li>Any failure of the leader's own session ends its term; it reconnects by itself and becomes a standby like every other node.
 * </ul>
 */
@NullMarked
package dev.skelly.relay;

import org.jspecify.annotations.NullMarked;
