/** Tests of tokens, keys, passwords and rate limits. */
@NullMarked
package dev.skelly.auth;

import org.jspecify.annotations.NullMarked;
