package dev.skelly.auth;

import dev.skelly.feature.CommandBus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads rights that ended. Safe on any context; a failed future means that they could not be read. */
public interface RightsSource {

    /** Reads the changes since a horizon; all that may still matter when it is null. */
    Future<RightsDelta> read(@Nullable String horizon);

    /**
     * Returns the source of a node with database connections.
     *
     * @param sql preferably with connections of its own, so that rights are read under load
     */
    static RightsSource direct(SqlClient sql, SecurityConfig config) {
        return new Direct(sql, memory(config));
    }

    /** Returns the source of a node that sends queries to nodes with the persistence role. */
    static RightsSource through(CommandBus commands) {
        return new Remote(commands);
    }

    /* Returns how long a token that was signed before a change may live, on any clock. */
    static Duration memory(SecurityConfig config) {
        return config.tokenLife().plus(config.tokenLeeway().multipliedBy(2)).plusMinutes(1);
    }

    /** Reads the table, and deletes rows that no valid token needs. */
    record Direct(SqlClient sql, Duration memory) implements RightsSource {
        @Override
        public Future<RightsDelta> read(@Nullable String horizon) {
            var cleared = horizon == null ? RightsTable.clear(sql, memory) : Future.<Void>succeededFuture();
            return cleared.compose(done -> RightsTable.read(sql, horizon, memory));
        }
    }

    /** Sends a query. */
    record Remote(CommandBus commands) implements RightsSource {
        @Override
        public Future<RightsDelta> read(@Nullable String horizon) {
            return commands.query(new ReadRights(horizon));
        }
    }
}
