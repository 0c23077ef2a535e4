/**
 * Deadlines of business processes.
 *
 * <p>Owns the table {@code process_deadline}. Emits no events. The leader of the relay sends the command of each deadline that is over, and removes
 * the deadline when the command has succeeded: so a command is sent at least once, whatever is killed in between.
 */
@NullMarked
package dev.skelly.features.processes;

import org.jspecify.annotations.NullMarked;
