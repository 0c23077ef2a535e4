package dev.skelly.stream;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.PersonalData;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import java.util.UUID;

/** Erases the tickets of a person. Tickets contain no personal data but an id and live for seconds, so there is nothing to export. */
final class TicketPersonalData implements PersonalData {

    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        return TicketTable.erase(tx.sql(), account);
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        return Future.succeededFuture(Map.of());
    }
}
