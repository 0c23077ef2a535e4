package dev.skelly.auth;

import dev.skelly.feature.CommandBus;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a node looks for rights that ended. Safe on any context; a failed future means that it could not look. */
public interface RightsSource {

    /** What changed since a horizon; everything that may still matter for null. */
    Future<RightsDelta> read(@Nullable String horizon);

    /**
     * On a node that holds database connections.
     *
     * @param sql best with connections of its own, so that rights are read when everything else waits
     */
    static RightsSource direct(SqlClient sql, SecurityConfig config) {
        return new Direct(sql, memory(config));
    }

    /** On a node that asks the persistence role of others. */
    static RightsSource through(CommandBus commands) {
        return new Remote(commands);
    }

    /* As long as a token that was signed before a change may live, whoever's clock is asked. */
    static Duration memory(SecurityConfig config) {
        return config.tokenLife().plus(config.tokenLeeway().multipliedBy(2)).plusMinutes(1);
    }

    /** Reads the table, and clears away what no living token can be touched by. */
    record Direct(SqlClient sql, Duration memory) implements RightsSource {
        @Override
        public Future<RightsDelta> read(@Nullable String horizon) {
            var cleared = horizon == null ? RightsTable.clear(sql, memory) : Future.<Void>succeededFuture();
            return cleared.compose(done -> RightsTable.read(sql, horizon, memory));
        }
    }

    /** Asks. */
    record Remote(CommandBus commands) implements RightsSource {
        @Override
        public Future<RightsDelta> read(@Nullable String horizon) {
            return commands.query(new ReadRights(horizon));
        }
    }
}
