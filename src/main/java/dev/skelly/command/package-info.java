/**
 * Carries out commands and queries against the database, for whoever asks over the bus.
 *
 * <p>Invariants: a command runs in exactly one transaction; its answer leaves only after the commit; what is under way is bounded, and a
 * caller over the bound hears 503 at once instead of waiting in a queue that grows.
 */
@NullMarked
package dev.skelly.command;

import org.jspecify.annotations.NullMarked;
