/**
 * Formats log lines: text for people or JSON for machines, one line for one event, to standard error.
 *
 * <p>No message or value can start a line of its own. Independent of the rest of Skelly.
 */
@NullMarked
package dev.skelly.logging;

import org.jspecify.annotations.NullMarked;
