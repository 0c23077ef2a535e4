/**
 * Streams events to browsers: the feed keeps a node in step with the log, and the sessions read from the feed.
 *
 * <p>Owns the table {@code stream_ticket}. Serves {@code GET /api/stream}. Invariants:
 *
 * <ul>
 *   <li>The feed's head moves from {@code n} to {@code m} only when it holds every event of {@code (n, m]} that is in a bucket of interest,
 *       from a live batch that starts at {@code n} and was selected by the current interest, or from the log.
 *   <li>A ring buffer holds every event of a bucket after the bucket's {@code since} and after the buffer's floor, up to its head. A
 *       session reads the buffer only from a cursor that is not before either; otherwise it pages from the log.
 *   <li>A session has received every event up to its cursor that it may see and requested, in the order of positions, and none after it.
 *       The cursor of a live session is the head of its hub.
 *   <li>A session holds no queue: events that its socket does not accept stay in the ring buffer and the log.
 *   <li>An event goes only to sessions of principals who may read one of its channels, live and replayed alike, and only with the fields
 *       that their roles see. When a right ends, the sessions that were opened with it end. While the node cannot know which rights ended,
 *       no session receives events.
 *   <li>Encrypted fields are decrypted for sessions whose view shows them. A session that needs a key which this node does not hold
 *       receives nothing from that event on until the key arrives; no other session waits for it, nor does the feed. A decrypted event is
 *       kept as long as its keys may be kept, and not beyond the next erasure that reaches the node.
 *   <li>A gap is never silent: for a cursor that cannot be honoured the session gets {@code skelly.gap}, followed by live events from now
 *       on.
 * </ul>
 *
 * <p>Threads: the feed is confined to its deployment's context; a {@code StreamHub} with all its sessions to the context of its HTTP
 * verticle. They communicate by passing immutable values to each other's context; the shared objects ({@code EncodedEvent}, {@code
 * CursorCodec}) are immutable or encode themselves once.
 */
@NullMarked
package dev.skelly.stream;

import org.jspecify.annotations.NullMarked;
