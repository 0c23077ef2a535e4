/**
 * Orders of products: the example of an event-sourced feature, described in {@code src/docs/event-sourcing.md}.
 *
 * <p>Owns the tables {@code product} and {@code order_summary}. Emits {@link dev.skelly.features.orders.OrderEvent} and {@link
 * dev.skelly.features.orders.ProductEvent}. Reacts to its own events and to those of payments.
 *
 * <p>Invariants, at every prefix of the log:
 *
 * <ul>
 *   <li>The state of an order is the fold of its events. The tables follow from the events and are written in the same transaction.
 *   <li>No product has less than zero pieces, and no piece is promised to two orders: an order is placed only if all its items can be held.
 *   <li>An order that was cancelled keeps nothing: its pieces are free again, and what was paid is given back.
 *   <li>A command locks the products before the order, and products by their names, so that commands never wait for each other in a circle.
 * </ul>
 */
@NullMarked
package dev.skelly.features.orders;

import org.jspecify.annotations.NullMarked;
