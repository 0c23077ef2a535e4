package dev.skelly.planted.relay;

import dev.skelly.planted.features.garden.Garden;

/** Breaks: machinery knows no feature. */
public record FeatureRelay(Garden garden) {}
