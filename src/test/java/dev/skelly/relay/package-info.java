/** Tests of the relay. */
@NullMarked
package dev.skelly.relay;

import org.jspecify.annotations.NullMarked;
