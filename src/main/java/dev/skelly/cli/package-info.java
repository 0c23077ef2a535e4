/**
 * The command line: parses arguments and returns exit codes. Blocks the main thread.
 *
 * <p>Exit codes: 0 ok, 1 failure, 2 usage or settings, 3 unhealthy. Standard output carries results only; everything else goes to
 * standard error.
 */
@NullMarked
package dev.skelly.cli;

import org.jspecify.annotations.NullMarked;
