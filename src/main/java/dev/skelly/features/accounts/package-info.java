/**
 * People who can sign in.
 *
 * <p>Owns the tables {@code account}, {@code session}, {@code device}, {@code preferences} and those of mailed links: {@code verification},
 * {@code password_reset}, {@code email_change} and {@code letter_request}. Writes {@link dev.skelly.features.accounts.AccountEvent}; the
 * account and {@code user.registered} are one transaction. Listens to its own facts: mails, first preferences, letters to forget. No secret is
 * in any event; address and name are in {@code user.registered} alone, sealed.
 *
 * <p>What holds whatever races or dies: a password that is no longer the account's leaves no live sign-in behind but that of who changed it, because whoever signs in
 * holds the account's row (0081 for how guessing is slowed); a mailed link works once, because using it removes its row; who is erased is
 * in no table afterwards (0082).
 */
@NullMarked
package dev.skelly.features.accounts;

import org.jspecify.annotations.NullMarked;
