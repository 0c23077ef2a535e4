package dev.skelly.features.projections;

import dev.skelly.feature.Command;

/**
 * Pauses an asynchronous projection, or lets it go on at once.
 *
 * @param paused false to let it go on
 */
record PauseProjection(String name, boolean paused) implements Command<Void> {}
