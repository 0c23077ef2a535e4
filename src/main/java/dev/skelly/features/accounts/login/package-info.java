/** Login with a password, and the limits on wrong ones. */
@NullMarked
package dev.skelly.features.accounts.login;

import org.jspecify.annotations.NullMarked;
