/**
 * What happened: facts, their names, who may see them, and the envelope in which they are stored.
 *
 * <p>Plain Java. A fact outlives every library, so nothing here knows Vert.x, the database or the broker.
 */
@NullMarked
package dev.skelly.event;

import org.jspecify.annotations.NullMarked;
