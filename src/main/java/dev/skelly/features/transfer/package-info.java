/**
 * Events as lines: how they leave the log for files and other programs, and come back.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Every export is noted in the audit before its first line is handed out.
 *   <li>Sealed fields leave only when they are asked for, and nobody's whose key was destroyed.
 *   <li>An event that is imported again is appended once; one whose id has other content is told and not appended.
 *   <li>A line that is refused takes nothing with it: all faults of a file are told with their lines, and the rest is imported.
 * </ul>
 */
@NullMarked
package dev.skelly.features.transfer;

import org.jspecify.annotations.NullMarked;
