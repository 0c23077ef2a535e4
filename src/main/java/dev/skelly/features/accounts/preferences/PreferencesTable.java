package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** The SQL of table {@code preferences}. */
public final class PreferencesTable {

    private static final String PUT = """
            insert into preferences as p (account, data, initialised, version)
            select id, $2::text::jsonb, false, 1
            from account
            where id = $1
            on conflict (account) do update set data = excluded.data, version = p.version + 1
            returning version
            """;

    private static final String PUT_FIRST = """
            insert into preferences (account, data, initialised, version)
            select id, $2::text::jsonb, false, 1
            from account
            where id = $1
            on conflict (account) do nothing
            returning version
            """;

    private static final String PUT_EXPECTED = """
            update preferences
            set data = $2::text::jsonb, version = version + 1
            where account = $1 and version = $3
            returning version
            """;

    /* Keeps preferences that the person set meanwhile. The account is marked as initialised once in any case. */
    private static final String INITIALISE = """
            insert into preferences as p (account, data, initialised, version)
            select id, $2::text::jsonb, true, 1
            from account
            where id = $1
            on conflict (account) do update set initialised = true
            where not p.initialised
            returning version
            """;

    private static final String FIND = "select data::text as data, version from preferences where account = $1";

    private PreferencesTable() {}

    /** Stores preferences and returns the new version. Fails with {@link Problem} 404 when there is no such account. */
    static Future<Long> put(SqlClient sql, UUID account, String json) {
        return sql.preparedQuery(PUT)
                .execute(Tuple.of(account, json))
                .compose(rows -> version(rows, Problem.notFound("no such account")));
    }

    /** Stores preferences and returns the new version. Fails with {@link Problem} 412 when they are not at the expected one; 0 expects none. */
    static Future<Long> put(SqlClient sql, UUID account, String json, long expectedVersion) {
        var put = expectedVersion == 0
                ? sql.preparedQuery(PUT_FIRST).execute(Tuple.of(account, json))
                : sql.preparedQuery(PUT_EXPECTED).execute(Tuple.of(account, json, expectedVersion));
        return put.compose(rows -> version(rows, EntityTag.stale()));
    }

    private static Future<Long> version(RowSet<Row> rows, Problem otherwise) {
        return rows.size() == 0
                ? Future.failedFuture(otherwise)
                : Future.succeededFuture(rows.iterator().next().getLong("version"));
    }

    /** Returns whether this was the first time; false also when there is no such account. */
    static Future<Boolean> initialise(SqlClient sql, UUID account, String json) {
        return sql.preparedQuery(INITIALISE).execute(Tuple.of(account, json)).map(rows -> rows.size() > 0);
    }

    /** Returns the preferences; an empty object at version 0 when none were set. */
    public static Future<PreferencesView> find(SqlClient sql, UUID account) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(account))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new PreferencesView(row.getString("data"), row.getLong("version")))
                        .orElse(PreferencesView.NONE));
    }
}
