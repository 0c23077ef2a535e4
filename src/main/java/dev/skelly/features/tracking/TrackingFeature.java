package dev.skelly.features.tracking;

import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import java.util.Optional;

/** Provides the events of the user interface. */
public final class TrackingFeature implements Feature {

    @Override
    public String name() {
        return "tracking";
    }

    @Override
    public Optional<String> declarations() {
        return Optional.of("/events/tracking.yaml");
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        // Its event types are all it has.
    }
}
