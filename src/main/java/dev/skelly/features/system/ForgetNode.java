package dev.skelly.features.system;

import dev.skelly.feature.Command;

/** Forgets a node that stops in order, so that it does not count as silent. */
record ForgetNode(String node) implements Command<Void> {}
