/**
 * Export of events to files and other programs as lines, and import of such lines.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Every export is recorded in the audit log before its first line is written.
 *   <li>Encrypted fields are exported only on request, and never when their key was destroyed.
 *   <li>An event that is imported again is appended once; one whose id has other content is reported and not appended.
 *   <li>A rejected line does not affect others: all errors of a file are reported with their lines, and the rest is imported.
 *   <li>An unchanged export of this log, or of one with the same master key, is imported whole, whatever types are declared; every other line is
 *       validated against today's types.
 *   <li>Fields that were exported decrypted are encrypted again, also those of types that are not declared any more.
 * </ul>
 */
@NullMarked
package dev.skelly.features.transfer;

import org.jspecify.annotations.NullMarked;
