package dev.skelly.features.tracking;

import dev.skelly.feature.Feature;
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
}
