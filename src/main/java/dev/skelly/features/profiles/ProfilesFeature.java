package dev.skelly.features.profiles;

import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;

/** Tells people the names of others. */
public final class ProfilesFeature implements Feature {

    private final ProfilesConfig config;

    /** Creates the feature. */
    public ProfilesFeature(ProfilesConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "profiles";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.routes(new ProfileRoutes(platform.commands(), platform.json(), config.perMinute()).all());
    }
}
