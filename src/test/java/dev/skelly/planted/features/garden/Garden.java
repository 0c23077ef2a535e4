package dev.skelly.planted.features.garden;

import dev.skelly.feature.Feature;

/** A door, as it should be; other planted classes knock at it. */
public final class Garden implements Feature {

    @Override
    public String name() {
        return "garden";
    }
}
