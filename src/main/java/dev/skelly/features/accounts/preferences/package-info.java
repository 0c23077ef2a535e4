/** The preferences of an account: any JSON object. */
@NullMarked
package dev.skelly.features.accounts.preferences;

import org.jspecify.annotations.NullMarked;
