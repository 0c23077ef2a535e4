/**
 * The link to an AMQP 1.0 broker, and the format of events on it.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A link is up or reconnects by itself, with growing pauses; its user is notified of each connection and of its end.
 *   <li>The client's futures never complete when a connection drops: nothing here waits for one without a deadline.
 *   <li>Messages are durable CloudEvents in binary mode; both spellings of their attributes are read, native and as text.
 * </ul>
 */
@NullMarked
package dev.skelly.broker;

import org.jspecify.annotations.NullMarked;
