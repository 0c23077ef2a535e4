package dev.skelly.features.roles;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/** Knows who has a role. */
@FunctionalInterface
public interface RoleHolders {

    /** Whether anybody has it. */
    Future<Boolean> any(SqlClient sql, String role);
}
