/** Tests of the log lines. */
@NullMarked
package dev.skelly.logging;

import org.jspecify.annotations.NullMarked;
