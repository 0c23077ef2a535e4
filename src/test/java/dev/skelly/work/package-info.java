/** Tests of the work role. */
@NullMarked
package dev.skelly.work;

import org.jspecify.annotations.NullMarked;
