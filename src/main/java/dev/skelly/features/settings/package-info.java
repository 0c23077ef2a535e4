/**
 * The settings with which the nodes of one database last ran, so that a change of them can be accounted for.
 *
 * <p>Owns the table {@code setting_seen}; writes {@link dev.skelly.features.settings.SettingsEvent}. Invariants:
 *
 * <ul>
 *   <li>A start with settings other than the last start's writes one entry of the audit and one event with all keys that changed; a start
 *       with the same ones writes nothing, however many nodes start at once.
 *   <li>What belongs to one node is not compared: nodes that differ in it do not take turns in changing it.
 *   <li>No secret is stored, told or hashed: of a secret only whether it is set.
 * </ul>
 */
@NullMarked
package dev.skelly.features.settings;

import org.jspecify.annotations.NullMarked;
