/**
 * Encryption of personal data in the log, so that it can be erased although the log never changes.
 *
 * <p>Owns the tables {@code subject_key}, {@code retention_mark} and {@code retention_period}. Invariants:
 *
 * <ul>
 *   <li>A sensitive field is in the database only encrypted with its subject's key. It leaves this package decrypted only for views that may
 *       see it, never for the broker.
 *   <li>Data encrypted for one event cannot be decrypted for another: its id, type and subject are authenticated.
 *   <li>A destroyed key is never created again. Without it the fields are absent, and the log's hash chain stays valid.
 *   <li>A decrypted key is removed from caches after at most a minute, and at once when its subject's rights are revoked.
 *   <li>A change of the master key encrypts the subjects' keys anew; no event is rewritten.
 * </ul>
 */
@NullMarked
package dev.skelly.crypto;

import org.jspecify.annotations.NullMarked;
