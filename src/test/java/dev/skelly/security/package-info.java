/** Tests of tokens, keys, passwords and rate limits. */
@NullMarked
package dev.skelly.security;

import org.jspecify.annotations.NullMarked;
