/** Tests of the work role. */
@NullMarked
package dev.skelly.worker;

import org.jspecify.annotations.NullMarked;
