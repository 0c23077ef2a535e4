/**
 * Read models and replays.
 *
 * <p>Owns the tables {@code projection} and {@code replay}. Emits no events. The leader of the relay applies events to the asynchronous projections,
 * rebuilds projections in copies of their tables, and hands events of the log to workers again. Each step is a command, in one transaction with how
 * far it is: a killed leader's successor goes on there.
 */
@NullMarked
package dev.skelly.features.projections;

import org.jspecify.annotations.NullMarked;
