/**
 * The settings with which the nodes of a database last ran, for recording changes.
 *
 * <p>Owns the table {@code setting_seen}; emits {@link dev.skelly.features.settings.SettingsEvent}. Invariants:
 *
 * <ul>
 *   <li>A start with settings that differ from the last start's writes one audit entry and one event with all changed keys. A start with
 *       the same settings writes nothing, even when many nodes start at once.
 *   <li>Settings of single nodes are not compared, so nodes that differ in them do not report changes in turn.
 *   <li>No secret is stored, emitted or hashed; only whether it is set.
 * </ul>
 */
@NullMarked
package dev.skelly.features.settings;

import org.jspecify.annotations.NullMarked;
