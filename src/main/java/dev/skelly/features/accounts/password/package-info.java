/** Passwords: their rules, change, reset by a mailed link. */
@NullMarked
package dev.skelly.features.accounts.password;

import org.jspecify.annotations.NullMarked;
