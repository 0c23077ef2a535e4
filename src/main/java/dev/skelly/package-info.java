/** The house: {@code Node} starts its parts in order, {@code NodeBuilder} builds them by hand, {@code Features} lists the features. */
@NullMarked
package dev.skelly;

import org.jspecify.annotations.NullMarked;
