/** Tests of the broker package. */
@NullMarked
package dev.skelly.broker;

import org.jspecify.annotations.NullMarked;
