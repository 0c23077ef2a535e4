package dev.skelly.features.roles;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/** Finds out whether a role is in use. */
@FunctionalInterface
public interface RoleHolders {

    /** Tells whether any account has the role. */
    Future<Boolean> any(SqlClient sql, String role);
}
