/**
 * Events to open browsers: the feed that keeps a node in step with the log, and the sessions that read from it.
 *
 * <p>Owns the table {@code stream_ticket}. Serves {@code GET /api/stream}. Invariants:
 *
 * <ul>
 *   <li>The feed's head moves from {@code n} to {@code m} only when it holds every event of {@code (n, m]} that is in a bucket of
 *       interest, be it from a live batch that begins at {@code n} and was chosen by the present interest, or from the log.
 *   <li>A ring holds every event of a bucket that lies after the bucket's {@code since} and after the ring's floor, up to its head. A
 *       session reads the ring only from a cursor that is not before either; else it pages from the log.
 *   <li>A session was given every event up to its cursor that it may see and asked for, in the order of positions, and none after
 *       it. The cursor of a live session is the head of its registry.
 *   <li>A session holds no queue: what its socket does not take stays in the ring and the log.
 *   <li>An event goes only to sessions of principals who may read one of its channels, live and replayed alike, and only with the
 *       fields that their roles see. When a right ends, the sessions that were opened with it end, and while the node cannot know who
 *       lost a right nobody is given anything.
 *   <li>Fields that are sealed in the log are opened for sessions whose view shows them. A session that needs a key which this node does
 *       not hold is given nothing from that event on until the key is there; no other session waits for it, nor does the feed. An opened
 *       event is kept as long as its keys may be, and not beyond the next erasure that the node hears of.
 *   <li>A gap is never silent: a cursor that cannot be honoured is answered with {@code skelly.gap}, and what follows is live from now.
 * </ul>
 *
 * <p>Threads: the feed is confined to its deployment's context; a {@code StreamHub} with all its sessions to the context of its HTTP
 * verticle. They talk by handing immutable values to each other's context; what they share ({@code EncodedEvent}, {@code Cursors}) is
 * immutable or encodes itself once.
 */
@NullMarked
package dev.skelly.stream;

import org.jspecify.annotations.NullMarked;
