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

/** Who may what, as data: roles, what they may do, and how administrators change it while everything runs. */
public final class RolesFeature implements Feature {

    private final RoleCommands roles;
    private final RoleRoutes routes;

    /** Asks {@code holders} before a role is removed. Its table is made with those of {@link AuthFeature}. */
    public RolesFeature(CommandBus commands, AuditLog audit, RoleHolders holders) {
        this.roles = new RoleCommands(audit, holders);
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
