/**
 * Event-sourced state: a subject's state is the fold of its events, and a command decides which events come next.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Nothing but the events decides: with every snapshot deleted, each command has the same result.
 *   <li>Decisions on one subject are made one after another, each on the state that the one before left: the subject's head is locked first.
 *   <li>A decision is appended whole, with everything else that its transaction writes, or not at all.
 * </ul>
 */
@NullMarked
package dev.skelly.aggregate;

import org.jspecify.annotations.NullMarked;
