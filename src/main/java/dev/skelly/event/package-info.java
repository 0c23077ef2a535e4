/**
 * Events: their names, their types, their readers, and the form in which they are stored.
 *
 * <p>Plain Java. An event outlives every library, so this package imports neither Vert.x nor the database nor the broker.
 */
@NullMarked
package dev.skelly.event;

import org.jspecify.annotations.NullMarked;
