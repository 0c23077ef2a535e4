/** The house: {@code Node} starts its parts in order, {@code Wiring} builds them by hand, {@code Rooms} lists the features. */
@NullMarked
package dev.skelly;

import org.jspecify.annotations.NullMarked;
