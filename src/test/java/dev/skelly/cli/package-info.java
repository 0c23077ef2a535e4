/** Tests of the command line. */
@NullMarked
package dev.skelly.cli;

import org.jspecify.annotations.NullMarked;
