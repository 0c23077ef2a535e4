/** Tests of what is sealed in the log. */
@NullMarked
package dev.skelly.crypto;

import org.jspecify.annotations.NullMarked;
