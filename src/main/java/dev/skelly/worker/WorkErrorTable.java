package dev.skelly.worker;

import dev.skelly.event.Audience;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.PersonalData;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.UUID;

/** Erases the personal data in work errors: their texts, which may quote the processed data. The rows themselves stay. */
public final class WorkErrorTable implements PersonalData {

    private static final int ROWS_MAX = 1_000;

    private static final String CLEAN_INBOX = "update inbox set errors = '[]' where subject = $1 and errors <> '[]'";

    private static final String CLEAN_DEAD_LETTERS = """
            update dead_letter
            set attempts = (
                select coalesce(jsonb_agg(jsonb_set(attempt, '{message}', '"(erased)"') order by number), '[]')
                from jsonb_array_elements(attempts) with ordinality as each (attempt, number)
              ),
              reason = case when reason is null then null else '(erased)' end,
              version = version + 1
            where subject = $1
            """;

    private static final String EXPORT = """
            select coalesce(jsonb_agg(jsonb_build_object('worker', worker, 'eventId', event, 'type', type, 'state', state, 'attempts', attempts)), '[]')::text
            from (
              select worker, event, type, 'waiting' as state, errors as attempts from inbox where subject = $1 and errors <> '[]' and state not in ('dead', 'discarded')
              union all
              select worker, event, type, state, attempts from dead_letter where subject = $1
              limit $2
            ) failed
            """;

    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        var subject = Tuple.of(
                Audience.user(account)); // The subject of a person's events has the same name as the person's channel.
        return tx.sql()
                .preparedQuery(CLEAN_INBOX)
                .execute(subject)
                .compose(done -> tx.sql().preparedQuery(CLEAN_DEAD_LETTERS).execute(subject))
                .mapEmpty();
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        return sql.preparedQuery(EXPORT)
                .execute(Tuple.of(Audience.user(account), ROWS_MAX))
                .map(rows -> new JsonArray(rows.iterator().next().getString(0)))
                .map(failed -> failed.isEmpty() ? Map.of() : Map.of("failed", failed.getList()));
    }
}
