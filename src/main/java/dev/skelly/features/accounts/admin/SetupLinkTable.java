package dev.skelly.features.accounts.admin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The SQL of table {@code first_administrator_link}. */
final class SetupLinkTable {

    private static final Duration KEPT = Duration.ofDays(30);

    /* Serializes nodes that start together, and nodes with requests that use a link. */
    private static final String LOCK = "lock table first_administrator_link in share row exclusive mode";

    private static final String CLEAR = "delete from first_administrator_link where issued_at < $1";

    private static final String END = "update first_administrator_link set ended_at = $1 where ended_at is null";

    private static final String INSERT =
            "insert into first_administrator_link (token_hash, issued_at, expires_at) values ($1, $2, $3)";

    private static final String FIND =
            "select expires_at > $2 as fresh, ended_at is null as open from first_administrator_link where token_hash = $1";

    private static final String TAKE = """
            update first_administrator_link
            set ended_at = $2
            where token_hash = $1 and ended_at is null and expires_at > $2
            """;

    private SetupLinkTable() {}

    /**
     * A printed link.
     *
     * @param fresh whether it has not expired
     * @param open whether it was neither replaced nor used
     */
    record StoredSetupLink(boolean fresh, boolean open) {}

    /** Keeps other transactions from issuing and using links until this one ends. */
    static Future<Void> lock(SqlClient sql) {
        return sql.query(LOCK).execute().mapEmpty();
    }

    /** Makes this the only open link, under {@link #lock}. */
    static Future<Void> put(SqlClient sql, Buffer tokenHash, Instant now, Instant expiresAt) {
        return sql.preparedQuery(CLEAR)
                .execute(Tuple.of(utc(now.minus(KEPT))))
                .compose(done -> sql.preparedQuery(END).execute(Tuple.of(utc(now))))
                .compose(done -> sql.preparedQuery(INSERT).execute(Tuple.of(tokenHash, utc(now), utc(expiresAt))))
                .mapEmpty();
    }

    static Future<Optional<StoredSetupLink>> find(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(tokenHash, utc(now)))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new StoredSetupLink(row.getBoolean("fresh"), row.getBoolean("open"))));
    }

    /** Returns false when another request has used or replaced the link. */
    static Future<Boolean> take(SqlClient sql, Buffer tokenHash, Instant now) {
        return sql.preparedQuery(TAKE).execute(Tuple.of(tokenHash, utc(now))).map(rows -> rows.rowCount() == 1);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
