/**
 * What makes a request that creates something safe to repeat: the header {@code Idempotency-Key}.
 *
 * <p>The invariant: <em>of all runs of a request under one caller's key, at most one commits an effect, and every later run answers what
 * that one answered</em>. It rests on three things.
 * <ol>
 *   <li>A run acts only under a claim, taken in the row of its key by one statement, and its command commits only while the row still
 *       names that claim: {@link dev.skelly.idempotency.IdempotentExecution} locks the row first, in the command's own transaction. A run whose
 *       claim was taken over can no longer commit.
 *   <li>The command's answer and the end of what it wrote go into the row in that same transaction. So there is no moment at which the
 *       effect is there and the row does not say so, whatever crashes when.
 *   <li>Ids that a request gives to what it makes come from the row's seed. A run after a crash finds the command's answer, does not run
 *       it again, and so builds the same reply, id and position included.
 * </ol>
 *
 * <p>The reply itself is kept, too, once there is one, and later runs are answered from it without running at all. Everything kept is sealed
 * under a key derived from the caller's, which is not kept; it is forgotten after its time by a sweep.
 */
@NullMarked
package dev.skelly.idempotency;

import org.jspecify.annotations.NullMarked;
