/** Tests of the streams. */
@NullMarked
package dev.skelly.stream;

import org.jspecify.annotations.NullMarked;
