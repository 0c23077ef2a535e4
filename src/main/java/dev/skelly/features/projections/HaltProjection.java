package dev.skelly.features.projections;

import dev.skelly.feature.Command;

/** Records why an asynchronous projection cannot apply its next event; it is tried again after a pause. */
record HaltProjection(String name, String error) implements Command<Void> {}
