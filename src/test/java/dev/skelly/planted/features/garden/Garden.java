package dev.skelly.planted.features.garden;

import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;

/** A door, as it should be; other planted classes knock at it. */
public final class Garden implements Feature {

    @Override
    public String name() {
        return "garden";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        // It does nothing.
    }
}
