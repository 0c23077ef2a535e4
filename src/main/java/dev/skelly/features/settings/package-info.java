/**
 * Changes of settings at run time ({@code /api/admin/settings}), and the settings with which the nodes of a database last ran, for recording changes.
 *
 * <p>Owns the tables {@code setting_seen}, {@code setting_change} and {@code setting_version}; emits {@link dev.skelly.features.settings.SettingsEvent}. Invariants:
 *
 * <ul>
 *   <li>A start with settings that differ from the last start's writes one audit entry and one event with all changed keys. A start with
 *       the same settings writes nothing, even when many nodes start at once.
 *   <li>A change at run time is in effect on every node within {@code settings.poll} and one read, and on every node that starts later; the
 *       table is its only source. It takes precedence over what a node was started with (decision note 0387).
 *   <li>Settings of single nodes are not compared, so nodes that differ in them do not report changes in turn.
 *   <li>No secret is stored, emitted or hashed; only whether it is set.
 * </ul>
 */
@NullMarked
package dev.skelly.features.settings;

import org.jspecify.annotations.NullMarked;
