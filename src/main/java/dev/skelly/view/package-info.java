/**
 * Decides what a reader sees of an event, and on which channels, for streams, history and every other part that shows events.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Only a reader's roles, and whether the event is about the reader, decide what the reader sees: readers with the same roles share
 *       one {@link dev.skelly.view.EventView}, and one frame per view.
 *   <li>Neither a hidden field nor its name is in the output.
 *   <li>An event of a type that this node does not know, or whose data it cannot read, is visible to administrators only.
 * </ul>
 */
@NullMarked
package dev.skelly.view;

import org.jspecify.annotations.NullMarked;
