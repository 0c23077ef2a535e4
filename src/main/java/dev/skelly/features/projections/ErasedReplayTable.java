package dev.skelly.features.projections;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.PersonalData;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import java.util.UUID;

/**
 * Erases what reports and errors may quote, of every person: they are notes for the moment. What is being built begins again, because it may hold
 * what was erased meanwhile.
 */
final class ErasedReplayTable implements PersonalData {

    private static final String CLEAN = """
            update replay
            set report = '{}', error = case when error is null then null else '(erased)' end,
              position = case when state in ('checking', 'running') and target = 'projection' then from_position - 1 else position end,
              events = case when state in ('checking', 'running') and target = 'projection' then 0 else events end
            where report <> '{}' or error is not null or state in ('checking', 'running')
            returning id
            """;

    private static final String CLEAN_ERRORS = "update projection set error = '(erased)' where error is not null";

    private final RebuildTable copies;

    ErasedReplayTable(RebuildTable copies) {
        this.copies = copies;
    }

    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        var sql = tx.sql();
        return sql.query(CLEAN_ERRORS)
                .execute()
                .compose(done -> sql.query(CLEAN).execute())
                .compose(rows -> {
                    Future<Void> dropped = Future.succeededFuture();
                    for (var row : rows) {
                        var schema = RebuildTable.schema(row.getUUID(0));
                        dropped = dropped.compose(former -> copies.drop(sql, schema));
                    }
                    return dropped;
                });
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        return Future.succeededFuture(Map.of());
    }
}
