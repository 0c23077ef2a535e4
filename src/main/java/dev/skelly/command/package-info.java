/**
 * Executes commands and queries against the database for callers on any node of the bus.
 *
 * <p>Invariants: a command runs in exactly one transaction; its reply is sent only after the commit; the number of running requests is
 * bounded, and a caller over the bound gets 503 at once instead of waiting in a growing queue.
 */
@NullMarked
package dev.skelly.command;

import org.jspecify.annotations.NullMarked;
