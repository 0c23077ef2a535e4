/**
 * What a reader sees of an event, and on which channels: the one answer for streams, history and whatever else shows events.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>What somebody sees of an event follows from their roles and from whether the event is about them, from nothing else: readers of the
 *       same roles share one {@link dev.skelly.view.EventView}, and one frame a view.
 *   <li>A field that a view hides is not in what is written, nor is its name.
 *   <li>An event of a type that this node does not know, or whose data it cannot read, is for administrators only.
 * </ul>
 */
@NullMarked
package dev.skelly.view;

import org.jspecify.annotations.NullMarked;
