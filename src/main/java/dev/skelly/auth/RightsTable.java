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
 * The SQL of tables {@code rights_version} and {@code rights_change}, which record revoked rights.
 *
 * <p>A transaction that revokes a right calls one of these methods. Within a second after its commit, every node rejects the tokens concerned
 * and closes the streams opened with them, or rejects all callers when it cannot read the changes.
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

    /* One statement, so that the horizon and the rows are from one snapshot. */
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
     * Returns the version of a token signed in this transaction. Must be read before the account: then a change that commits in between makes the
     * token void instead of leaving it with revoked rights.
     */
    public static Future<Integer> version(SqlClient sql, UUID account) {
        return sql.preparedQuery(VERSION)
                .execute(Tuple.of(account))
                .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getInteger(0));
    }

    /** Records the end of a session: its access tokens are void from the commit on. The caller handles the refresh token. */
    public static Future<Void> endSession(Tx tx, UUID account, UUID session) {
        return tx.sql()
                .preparedQuery(END_SESSION)
                .execute(Tuple.of(account, session))
                .mapEmpty();
    }

    /** Makes all access tokens of an account void from the commit on. Live sessions get new ones by refreshing. */
    public static Future<Void> voidTokens(Tx tx, UUID account) {
        return tx.sql().preparedQuery(VOID_TOKENS).execute(Tuple.of(account)).mapEmpty();
    }

    /** Records that a role was changed or deleted. */
    public static Future<Void> roleChanged(Tx tx, String role) {
        return tx.sql().preparedQuery(ROLE_CHANGED).execute(Tuple.of(role)).mapEmpty();
    }

    /** Reads the changes after {@code horizon}, but none older than {@code memory}. */
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

    /** Deletes some rows older than {@code memory}. */
    static Future<Void> clear(SqlClient sql, Duration memory) {
        return sql.preparedQuery(CLEAR)
                .execute(Tuple.of((int) memory.toSeconds()))
                .mapEmpty();
    }
}
