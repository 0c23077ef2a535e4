/**
 * The form of an event as CloudEvents 1.0: the names of its attributes, and how they are written and read in JSON, in HTTP headers and in
 * AMQP application properties.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Every form writes the attributes of an event from the same list, in the same order.
 *   <li>A stored event is written to text without an intermediate tree.
 *   <li>All errors of an event are reported together, each with its place.
 * </ul>
 */
@NullMarked
package dev.skelly.cloudevents;

import org.jspecify.annotations.NullMarked;
