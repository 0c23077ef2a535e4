/**
 * People who can sign in.
 *
 * <p>Owns the tables {@code account}, {@code session}, {@code preferences} and {@code verification}. Writes
 * {@link dev.skelly.feature.accounts.AccountEvent}; the account and {@code user.registered} are one transaction. Listens to its own
 * {@code user.registered}: one welcome mail, and first preferences. No e-mail address, name or secret is in any event.
 */
@NullMarked
package dev.skelly.feature.accounts;

import org.jspecify.annotations.NullMarked;
