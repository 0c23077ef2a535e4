/**
 * What the log keeps of people can be made to go, though the log itself never changes.
 *
 * <p>Owns the tables {@code subject_key} and {@code retention_mark}. Invariants:
 *
 * <ul>
 *   <li>A sensitive field is nowhere in the database but sealed under the key of the subject it is about, and leaves this package opened
 *       only towards views that may see it, never towards the broker.
 *   <li>What is sealed for one event opens for no other: its id, type and subject are authenticated with it.
 *   <li>A destroyed key is never made again; without it the fields are absent, and the chain of the log is whole.
 *   <li>An opened key is forgotten after at most a minute, and where its subject's rights were voided, at once.
 *   <li>A master key is changed by sealing subjects' keys anew; no event is written again.
 * </ul>
 */
@NullMarked
package dev.skelly.crypto;

import org.jspecify.annotations.NullMarked;
