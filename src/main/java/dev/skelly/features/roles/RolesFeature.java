package dev.skelly.features.roles;

import dev.skelly.auth.AuthFeature;
import dev.skelly.event.Event;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import java.util.List;

/** Provides roles and their permissions, which administrators change at runtime. */
public final class RolesFeature implements Feature {

    private final RoleHolders holders;

    /** Creates the feature. It calls {@code holders} before a role is deleted. {@link AuthFeature} creates its table. */
    public RolesFeature(RoleHolders holders) {
        this.holders = holders;
    }

    @Override
    public String name() {
        return "roles";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(RoleEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var roles = new RoleCommandHandlers(platform.audit(), holders);
        registry.commands(roles.commands());
        registry.queries(roles.queries());
        registry.routes(new RoleRoutes(platform.commands()).all());
    }
}
