package dev.skelly.stream;

import dev.skelly.feature.Principal;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code stream_ticket}. Times are the database's, so that they are the same on every node. */
final class TicketTable {

    private static final String INSERT = """
            insert into stream_ticket (digest, account, session, roles, rights_version, token_expires, channels, types, expires, reusable, origin)
            values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + make_interval(secs => $9::int), $10, $11)
            """;

    private static final String PURGE = """
            delete from stream_ticket
            where digest in (
              select digest
              from stream_ticket
              where expires < clock_timestamp()
              limit 100
              for update skip locked
            )
            """;

    private static final String REDEEM = """
            delete from stream_ticket
            where digest = $1 and expires > clock_timestamp() and not reusable
            returning *
            """;

    private static final String REUSE =
            "select * from stream_ticket where digest = $1 and expires > clock_timestamp() and reusable";

    /* The newest of a session stay. */
    private static final String CLEAR = """
            delete from stream_ticket
            where digest in (
              select digest from stream_ticket where session = $1 and reusable order by expires desc offset $2 for update skip locked
            )
            """;

    private static final String ERASE = "delete from stream_ticket where account = $1";

    private static final int REUSABLE_MAX = 20; // Pages of one session; each keeps one ticket.

    private TicketTable() {}

    /** Stores a ticket and deletes some unused ones. */
    static Future<Void> insert(SqlClient sql, String digest, TicketClaims ticket, Duration life) {
        var holder = ticket.holder();
        var row = Tuple.tuple()
                .addString(digest)
                .addUUID(holder.account())
                .addUUID(holder.session())
                .addArrayOfString(array(holder.roles()))
                .addInteger(holder.rightsVersion())
                .addOffsetDateTime(holder.expires().atOffset(ZoneOffset.UTC))
                .addArrayOfString(array(ticket.channels()))
                .addArrayOfString(array(ticket.types()))
                .addInteger((int) life.toSeconds())
                .addBoolean(ticket.reusable())
                .addString(ticket.origin());
        return sql.preparedQuery(PURGE)
                .execute()
                .compose(purged -> sql.preparedQuery(INSERT).execute(row))
                .compose(stored -> ticket.reusable()
                        ? sql.preparedQuery(CLEAR).execute(Tuple.of(holder.session(), REUSABLE_MAX))
                        : Future.succeededFuture())
                .mapEmpty();
    }

    private static String @Nullable [] array(@Nullable Collection<String> values) {
        return values == null ? null : values.toArray(String[]::new);
    }

    /** Redeems a ticket; of two concurrent calls exactly one succeeds, unless the ticket is reusable. */
    static Future<Optional<TicketClaims>> redeem(SqlClient sql, String digest) {
        return find(sql, REUSE, digest)
                .compose(found -> found.isPresent() ? Future.succeededFuture(found) : find(sql, REDEEM, digest));
    }

    private static Future<Optional<TicketClaims>> find(SqlClient sql, String statement, String digest) {
        return sql.preparedQuery(statement)
                .execute(Tuple.of(digest))
                .map(rows -> rows.stream().findFirst().map(TicketTable::ticket));
    }

    private static TicketClaims ticket(Row row) {
        var holder = new Principal(
                row.getUUID("account"),
                row.getUUID("session"),
                Set.of(row.getArrayOfStrings("roles")),
                row.getInteger("rights_version"),
                row.getOffsetDateTime("token_expires").toInstant());
        return new TicketClaims(
                holder,
                list(row.getArrayOfStrings("channels")),
                list(row.getArrayOfStrings("types")),
                row.getBoolean("reusable"),
                row.getString("origin"));
    }

    private static @Nullable List<String> list(String @Nullable [] values) {
        return values == null ? null : List.of(values);
    }

    /** Deletes all tickets of an account. */
    static Future<Void> erase(SqlClient sql, UUID account) {
        return sql.preparedQuery(ERASE).execute(Tuple.of(account)).mapEmpty();
    }
}
