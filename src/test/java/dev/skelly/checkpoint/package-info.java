/** Tests of the seals of the log. */
@NullMarked
package dev.skelly.checkpoint;

import org.jspecify.annotations.NullMarked;
