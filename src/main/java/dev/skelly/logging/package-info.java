/**
 * How log lines look: text for people or JSON for machines, one line for one event, to standard error.
 *
 * <p>Whatever a message or a value holds, it cannot begin a line of its own. Knows nothing of the rest of Skelly.
 */
@NullMarked
package dev.skelly.logging;

import org.jspecify.annotations.NullMarked;
