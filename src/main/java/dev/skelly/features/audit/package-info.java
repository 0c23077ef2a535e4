/**
 * The audit log of security acts.
 *
 * <p>Owns the table {@code audit}. Serves {@code GET /api/admin/audit}. Invariants:
 *
 * <ul>
 *   <li>An entry exists exactly when the transaction of its act committed.
 *   <li>Acts that callers without an account can repeat without limit add at most a fixed number of rows per minute.
 *   <li>Nothing that an unauthenticated caller typed is stored: neither attempted addresses nor attempted passwords.
 *   <li>After an erasure no entry about or by the person contains an address or a value.
 * </ul>
 */
@NullMarked
package dev.skelly.features.audit;

import org.jspecify.annotations.NullMarked;
