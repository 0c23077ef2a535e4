/**
 * Security acts, for whoever has to account for them.
 *
 * <p>Owns the table {@code audit}. Serves {@code GET /api/admin/audit}. Invariants:
 *
 * <ul>
 *   <li>A row is there exactly when the transaction that did the act committed.
 *   <li>What strangers can cause without end adds at most a fixed number of rows a minute, whatever they send.
 *   <li>Nothing that a stranger typed is stored: no attempted address, no attempted password.
 *   <li>After a person is erased no row about them or by them holds an address or a value.
 * </ul>
 */
@NullMarked
package dev.skelly.features.audit;

import org.jspecify.annotations.NullMarked;
