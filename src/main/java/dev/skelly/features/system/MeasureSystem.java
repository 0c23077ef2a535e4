package dev.skelly.features.system;

import dev.skelly.feature.Command;

/**
 * Turns the newest reports into one event, and forgets silent nodes.
 *
 * @param silentMillis time without a report after which a node is silent
 * @param metrics whether metrics are emitted
 * @param health whether silent nodes are reported
 */
record MeasureSystem(long silentMillis, boolean metrics, boolean health) implements Command<Void> {}
