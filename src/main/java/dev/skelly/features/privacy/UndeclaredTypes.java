package dev.skelly.features.privacy;

import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.UndeclaredTypeTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names, when the node starts, the event types that the log holds and that are declared no more. */
final class UndeclaredTypes {

    private static final Logger LOGGER = LoggerFactory.getLogger(UndeclaredTypes.class);
    private static final int NAMED_MAX = 100;

    private UndeclaredTypes() {}

    /** Writes a line for each. Never fails: the node works without them. */
    static Future<Void> warn(SqlClient sql, EventTypeRegistry types) {
        return find(sql, types)
                .onSuccess(found -> found.forEach(each -> LOGGER.atWarn()
                        .addKeyValue("type", each.type())
                        .addKeyValue("events", each.events())
                        .addKeyValue("last", each.last())
                        .log("the log holds events of a type that is not declared any more")))
                .onFailure(failure -> LOGGER.atWarn().setCause(failure).log("undeclared event types cannot be found"))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    static Future<List<UndeclaredTypeTable.UndeclaredType>> find(SqlClient sql, EventTypeRegistry types) {
        return UndeclaredTypeTable.find(sql, types.names(), NAMED_MAX);
    }
}
