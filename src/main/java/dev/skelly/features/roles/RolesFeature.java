package dev.skelly.features.roles;

import dev.skelly.auth.AuthFeature;
import dev.skelly.event.Event;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.Route;
import java.util.List;

/** Provides roles and their permissions, which administrators change at runtime. */
public final class RolesFeature implements Feature {

    private final RoleCommandHandlers roles;
    private final RoleRoutes routes;

    /** Creates the feature. It calls {@code holders} before a role is deleted. {@link AuthFeature} creates its table. */
    public RolesFeature(CommandBus commands, AuditLog audit, RoleHolders holders) {
        this.roles = new RoleCommandHandlers(audit, holders);
        this.routes = new RoleRoutes(commands);
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
    public List<CommandHandler<?, ?>> commands() {
        return roles.commands();
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return roles.queries();
    }

    @Override
    public List<Route> routes() {
        return routes.all();
    }
}
