/**
 * Who somebody is, and how often they may ask: passwords, access tokens and the keys that sign them, rate limits.
 *
 * <p>Owns the table {@code signing_key}. Writes no event, listens to nothing.
 */
@NullMarked
package dev.skelly.security;

import org.jspecify.annotations.NullMarked;
