/** The composition of a node: every object is built here, and every part is started and stopped in order. */
@NullMarked
package dev.skelly.node;

import org.jspecify.annotations.NullMarked;
