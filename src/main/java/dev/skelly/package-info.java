/** The house: {@link dev.skelly.Node} starts its parts in order, {@link dev.skelly.Wiring} builds them by hand, {@link dev.skelly.Rooms} lists the features. */
@NullMarked
package dev.skelly;

import org.jspecify.annotations.NullMarked;
