/**
 * The contract between a room and the machinery: what a room declares, and what it is handed.
 *
 * <p>Rooms import this, the events and the log's {@link dev.skelly.log.Tx}; the machinery imports this and never a room.
 */
@NullMarked
package dev.skelly.feature;

import org.jspecify.annotations.NullMarked;
