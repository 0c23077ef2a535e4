package dev.skelly.planted.features.kitchen;

import dev.skelly.planted.stream.HttpStream;

/** Breaks: features know no machinery, here by a package of ours. */
record KitchenStream(HttpStream stream) {}
