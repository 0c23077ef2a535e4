package dev.skelly.features.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayScope;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code replay}. */
final class ReplayTable {

    private static final int KEPT = 1_000;

    private static final String INSERT = """
            insert into replay (id, target, name, from_position, to_position, types, subject, rate, state, position)
            values ($1, $2, $3, $4::bigint, $5, $6, $7, $8, $9, $4 - 1)
            on conflict (target, name) where state in ('checking', 'running') do nothing
            returning id
            """;

    private static final String DELETE_OLD = """
            delete from replay
            where ended_at is not null
              and id not in (select id from replay where ended_at is not null order by created_at desc limit $1)
            """;

    private static final String SELECT = """
            select id, target, name, from_position, to_position, types, subject, rate, state, position, events, report::text, error, created_at,
              ended_at
            from replay
            """;

    private static final String PROGRESS = "update replay set position = $2, events = events + $3 where id = $1";

    private static final String REPORT =
            "update replay set position = $2, events = events + $3, report = $4::text::jsonb where id = $1 and state = $5";

    /* Only from one of these states. A run begins at the first event again. */
    private static final String TURN = """
            update replay
            set state = $2, error = $3,
              position = case when $2 = 'running' then from_position - 1 else position end,
              events = case when $2 = 'running' then 0 else events end,
              ended_at = case when $2 in ('done', 'failed', 'cancelled') then now() end
            where id = $1 and state = any ($4)
            returning id
            """;

    private static final String LOCK_TARGET = """
            select id, state from replay where (target, name) = (select target, name from replay where id = $1) order by id for update
            """;

    private final JsonMapper json;

    ReplayTable(JsonMapper json) {
        this.json = json;
    }

    /** Returns whether it was stored; false while another one goes on with this target. */
    Future<Boolean> insert(SqlClient sql, UUID id, ReplayScope scope, String state) {
        var types = scope.types();
        return sql.preparedQuery(DELETE_OLD)
                .execute(Tuple.of(KEPT))
                .compose(deleted -> sql.preparedQuery(INSERT)
                        .execute(Tuple.tuple()
                                .addUUID(id)
                                .addString(scope.target())
                                .addString(scope.name())
                                .addLong(scope.from())
                                .addLong(scope.upTo())
                                .addArrayOfString(types == null ? null : types.toArray(String[]::new))
                                .addString(scope.subject())
                                .addInteger(scope.rate())
                                .addString(state)))
                .map(rows -> rows.size() == 1);
    }

    Future<Optional<Replay>> find(SqlClient sql, UUID id) {
        return sql.preparedQuery(SELECT + "where id = $1").execute(Tuple.of(id)).map(this::first);
    }

    /** Locks one that reads events; empty if it does not any more. */
    Future<Optional<Replay>> lock(SqlClient sql, UUID id) {
        return sql.preparedQuery(SELECT + "where id = $1 and state in ('checking', 'running') for update")
                .execute(Tuple.of(id))
                .map(this::first);
    }

    /** Lists the newest ones first. */
    Future<List<Replay>> newest(SqlClient sql, int limit) {
        return sql.preparedQuery(SELECT + "order by created_at desc, id desc limit $1")
                .execute(Tuple.of(limit))
                .map(this::all);
    }

    Future<List<Replay>> active(SqlClient sql) {
        return sql.preparedQuery(SELECT + "where state in ('checking', 'running') order by created_at")
                .execute()
                .map(this::all);
    }

    Future<Void> progress(SqlClient sql, UUID id, long position, int events) {
        return sql.preparedQuery(PROGRESS)
                .execute(Tuple.of(id, position, events))
                .mapEmpty();
    }

    /** Returns whether it is still in this state. */
    Future<Boolean> progress(SqlClient sql, RecordReplay progress) {
        return sql.preparedQuery(REPORT)
                .execute(Tuple.of(
                        progress.id(),
                        progress.position(),
                        progress.events(),
                        text(progress.report()),
                        progress.state()))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Void> report(SqlClient sql, UUID id, JsonNode report) {
        return sql.preparedQuery("update replay set report = $2::text::jsonb where id = $1")
                .execute(Tuple.of(id, text(report)))
                .mapEmpty();
    }

    /** Returns whether it was in one of the states. */
    Future<Boolean> turn(SqlClient sql, UUID id, String state, @Nullable String error, List<String> from) {
        return sql.preparedQuery(TURN)
                .execute(Tuple.of(id, state, error, from.toArray(String[]::new)))
                .map(rows -> rows.size() == 1);
    }

    /** Locks all of the same target, and returns whether another one goes on. */
    Future<Boolean> otherActive(SqlClient sql, UUID id) {
        return sql.preparedQuery(LOCK_TARGET)
                .execute(Tuple.of(id))
                .map(rows -> rows.stream()
                        .anyMatch(row ->
                                !row.getUUID("id").equals(id) && Replay.ACTIVE.contains(row.getString("state"))));
    }

    private Optional<Replay> first(Iterable<Row> rows) {
        for (var row : rows) {
            return Optional.of(read(row));
        }
        return Optional.empty();
    }

    private List<Replay> all(Iterable<Row> rows) {
        var all = new ArrayList<Replay>();
        rows.forEach(row -> all.add(read(row)));
        return all;
    }

    private Replay read(Row row) {
        var types = row.getArrayOfStrings("types");
        var ended = row.getOffsetDateTime("ended_at");
        return new Replay(
                row.getUUID("id"),
                new ReplayScope(
                        row.getString("target"),
                        row.getString("name"),
                        row.getLong("from_position"),
                        row.getLong("to_position"),
                        types == null ? null : List.of(types),
                        row.getString("subject"),
                        row.getInteger("rate")),
                row.getString("state"),
                row.getLong("position"),
                row.getLong("events"),
                tree(row.getString("report")),
                row.getString("error"),
                new Replay.Times(
                        row.getOffsetDateTime("created_at").toInstant(), ended == null ? null : ended.toInstant()));
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report of a replay is not JSON", e);
        }
    }

    private String text(JsonNode tree) {
        return tree.toString();
    }
}
