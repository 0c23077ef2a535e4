/**
 * Typed channels on the Vert.x event bus: by reference to readers on this node, as sealed JSON to other nodes.
 *
 * <p>The bus is best effort. It carries hints, live batches whose gaps are filled from the log, and commands whose callers see a failure.
 * It carries no data that must not be lost, and no decision about rights.
 */
@NullMarked
package dev.skelly.bus;

import org.jspecify.annotations.NullMarked;
