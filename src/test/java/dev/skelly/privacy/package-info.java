/** Tests of what is sealed in the log. */
@NullMarked
package dev.skelly.privacy;

import org.jspecify.annotations.NullMarked;
