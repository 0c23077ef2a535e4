/**
 * Who somebody is, and how often they may ask: passwords, access tokens and the keys that sign them, rate limits.
 *
 * <p>Owns the tables {@code signing_key}, {@code rights_version}, {@code rights_change} and {@code role}. Invariants:
 *
 * <ul>
 *   <li>A token is taken only when its signature, its form and its time are right, its account's rights have not been changed and its
 *       sign-in has not ended since it was signed, as the database had it at most {@code rights.stale-max} ago. A node that cannot look for
 *       that long refuses everybody.
 *   <li>A transaction that takes a right writes a row of {@code rights_change}. Every node sees it in the next look after the commit,
 *       however late the commit and in whatever order transactions commit.
 *   <li>A token never carries a right that was taken before its version of the rights was read.
 * </ul>
 */
@NullMarked
package dev.skelly.auth;

import org.jspecify.annotations.NullMarked;
