/** Tests of the work package. */
@NullMarked
package dev.skelly.work;

import org.jspecify.annotations.NullMarked;
