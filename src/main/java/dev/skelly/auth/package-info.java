/**
 * Authentication and authorization: passwords, access tokens, the keys that sign them, and the rights of roles.
 *
 * <p>Owns the tables {@code signing_key}, {@code rights_version}, {@code rights_change} and {@code role}. Invariants:
 *
 * <ul>
 *   <li>A token is accepted only when its signature, its form and its time are valid, and neither its account's rights have changed nor its
 *       session has ended since it was signed, by the database's state at most {@code rights.stale-max} ago. A node that cannot read that
 *       state for so long rejects all callers.
 *   <li>A transaction that revokes a right writes a row of {@code rights_change}. Every node sees it in the next read after the commit,
 *       even when the commit is late or transactions commit in another order.
 *   <li>A token never carries a right that was revoked before its version of the rights was read.
 * </ul>
 */
@NullMarked
package dev.skelly.auth;

import org.jspecify.annotations.NullMarked;
