package dev.skelly.auth;

import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where rights end: the SQL of {@code rights_version} and {@code rights_change}.
 *
 * <p>Whatever takes a right calls one of these inside the transaction that takes it. Once that has committed, every node refuses the
 * tokens concerned and ends the streams opened with them within a second, or refuses everybody when it cannot know.
 */
public final class RightsTable {

    private static final String VERSION = "select version from rights_version where account = $1";

    private static final String END_SESSION = "insert into rights_change (account, session) values ($1, $2)";

    private static final String VOID_TOKENS = """
            with now as (
              insert into rights_version as v (account, version)
              values ($1, 1)
              on conflict (account) do update set version = v.version + 1
              returning account, version
            )
            insert into rights_change (account, version)
            select account, version
            from now
            """;

    private static final String ROLE_CHANGED = "insert into rights_change (role) values ($1)";

    /* One statement, so that the horizon and the rows belong to one snapshot. */
    private static final String READ = """
            select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, c.account, c.session, c.version, c.role
            from (values (1)) one
            left join lateral (
              select *
              from rights_change
              where writer >= coalesce($1::text::xid8, '0'::xid8) and time > clock_timestamp() - make_interval(secs => $2::int)
              order by seq
            ) c on true
            """;

    private static final String CLEAR = """
            delete from rights_change
            where seq in (
              select seq
              from rights_change
              where time < clock_timestamp() - make_interval(secs => $1::int)
              limit 1000
              for update skip locked
            )
            """;

    private RightsTable() {}

    /**
     * The version that a token signed in this transaction carries. To be read before the account is: then a change that commits in
     * between makes the token void instead of leaving it with rights that were taken.
     */
    public static Future<Integer> version(SqlClient sql, UUID account) {
        return sql.preparedQuery(VERSION)
                .execute(Tuple.of(account))
                .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getInteger(0));
    }

    /** A sign-in ended: its access tokens are void from the commit on. Its refresh token is the caller's business. */
    public static Future<Void> endSession(Tx tx, UUID account, UUID session) {
        return tx.sql()
                .preparedQuery(END_SESSION)
                .execute(Tuple.of(account, session))
                .mapEmpty();
    }

    /** Every access token that an account has is void from the commit on; who is still signed in gets a new one by refreshing. */
    public static Future<Void> voidTokens(Tx tx, UUID account) {
        return tx.sql().preparedQuery(VOID_TOKENS).execute(Tuple.of(account)).mapEmpty();
    }

    /** A role may do something else now, or is gone. */
    public static Future<Void> roleChanged(Tx tx, String role) {
        return tx.sql().preparedQuery(ROLE_CHANGED).execute(Tuple.of(role)).mapEmpty();
    }

    /** What a snapshot shows beyond {@code horizon}, but nothing older than {@code memory}. */
    static Future<RightsDelta> read(SqlClient sql, @Nullable String horizon, Duration memory) {
        return sql.preparedQuery(READ)
                .execute(Tuple.tuple().addString(horizon).addInteger((int) memory.toSeconds()))
                .map(RightsTable::page)
                .compose(page -> horizon != null && page.changes().stream().allMatch(change -> change.role() == null)
                        ? Future.succeededFuture(page)
                        : withRoles(sql, page));
    }

    private static Future<RightsDelta> withRoles(SqlClient sql, RightsDelta page) {
        return RoleTable.all(sql).map(roles -> new RightsDelta(page.horizon(), page.changes(), roles));
    }

    private static RightsDelta page(RowSet<Row> rows) {
        var changes = new ArrayList<RightsChange>();
        var horizon = "0";
        for (var row : rows) {
            horizon = row.getString("horizon");
            var change = new RightsChange(
                    row.getUUID("account"), row.getUUID("session"), row.getInteger("version"), row.getString("role"));
            if (change.account() != null || change.role() != null) {
                changes.add(change);
            }
        }
        return new RightsDelta(horizon, List.copyOf(changes), null);
    }

    /** Removes some rows older than {@code memory}. */
    static Future<Void> clear(SqlClient sql, Duration memory) {
        return sql.preparedQuery(CLEAR)
                .execute(Tuple.of((int) memory.toSeconds()))
                .mapEmpty();
    }
}
