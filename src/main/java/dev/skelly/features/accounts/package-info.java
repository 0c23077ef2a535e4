/**
 * Accounts of people: registration, login, sessions, passwords, e-mail addresses, preferences, erasure.
 *
 * <p>Owns the tables {@code account}, {@code session}, {@code device}, {@code preferences} and those of mailed links: {@code verification},
 * {@code password_reset}, {@code email_change} and {@code letter_request}. Emits {@link dev.skelly.features.accounts.AccountEvent}; the
 * account and {@code user.registered} are written in one transaction. Handles its own events: it sends mails, creates the first preferences
 * and deletes old mail requests. No event contains a secret. Address and name are in {@code user.registered} alone, encrypted.
 *
 * <p>Invariants under races and crashes: a replaced password leaves no live session except that of the person who changed it, because a login
 * locks the account's row (0081 describes how guessing is slowed down). A mailed link works once, because using it deletes its row. An erased
 * account is in no table afterwards (0082).
 */
@NullMarked
package dev.skelly.features.accounts;

import org.jspecify.annotations.NullMarked;
