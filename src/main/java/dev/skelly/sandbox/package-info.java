/**
 * Sandboxes: nodes over a copy of the log up to a point, to debug in. A sandbox has no effect outside: it sends neither mails nor requests.
 *
 * <p>Invariants: the original is only read, in one snapshot; the copy is another log, so its epoch, keys of tokens and logins are its own.
 */
@NullMarked
package dev.skelly.sandbox;

import org.jspecify.annotations.NullMarked;
