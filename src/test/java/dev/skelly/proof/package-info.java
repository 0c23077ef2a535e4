/** Tests of the seals of the log. */
@NullMarked
package dev.skelly.proof;

import org.jspecify.annotations.NullMarked;
