/**
 * Makes requests that create something safe to repeat, with the header {@code Idempotency-Key}.
 *
 * <p>The invariant: <em>of all runs of a request under one caller's key, at most one commits an effect, and every later run returns the
 * response of that one</em>. It rests on three properties.
 * <ol>
 *  <li>A run acts only under a claim, taken in the row of its key by one statement. Its command commits only while the row still names that
 *      claim: {@link dev.skelly.idempotency.IdempotentExecution} locks the row first, in the command's own transaction. A run whose claim
 *      was taken over can no longer commit.
 *  <li>The command's result and its last write go into the row in that same transaction. So the effect never exists without the row saying
 *      so, at whatever moment a crash happens.
 *  <li>The ids of everything that a request creates come from the row's seed. A run after a crash finds the command's result, does not run
 *      the command again, and so builds the same response, id and position included.
 * </ol>
 *
 * <p>The response itself is stored, too, and later runs return it without running at all. All stored data is encrypted under a key derived
 * from the caller's, which is not stored. A periodic sweep deletes expired rows.
 */
@NullMarked
package dev.skelly.idempotency;

import org.jspecify.annotations.NullMarked;
