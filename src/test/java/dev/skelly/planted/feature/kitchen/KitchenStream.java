package dev.skelly.planted.feature.kitchen;

import dev.skelly.planted.stream.HttpStream;

/** Breaks: rooms know no machinery, here by a package of ours. */
record KitchenStream(HttpStream stream) {}
