package dev.skelly.features.privacy;

import dev.skelly.event.Audience;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The SQL that reads erasures from the log and destroys keys. */
final class ErasureTable {

    private static final String AFTER = """
            select position, substring(subject from 6)::uuid as account
            from event
            where position > $1 and type = any ($2) and subject ~ '^user:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            order by position
            limit $3
            """;

    private static final String SHRED_TOLD = """
            update subject_key
            set key = null, master = '', destroyed_at = coalesce(destroyed_at, now())
            where key is not null and subject in (select subject from event where type = any ($1) and position is not null)
            """;

    private static final String SHRED = """
            update subject_key
            set key = null, master = '', destroyed_at = coalesce(destroyed_at, now())
            where key is not null and subject = any ($1)
            """;

    private ErasureTable() {}

    /** Returns the next erasures after a position. */
    static Future<List<ErasureJournal.Noted>> after(
            SqlClient sql, long epoch, long position, Collection<String> types, int limit) {
        return sql.preparedQuery(AFTER)
                .execute(Tuple.of(position, types.toArray(String[]::new), limit))
                .map(rows -> rows.stream()
                        .map(row -> new ErasureJournal.Noted(epoch, row.getLong("position"), row.getUUID("account")))
                        .toList());
    }

    /** Destroys the keys of the accounts whose erasure is in the log. Returns how many existed. */
    static Future<Integer> shredTold(SqlClient sql, Set<String> types) {
        return sql.preparedQuery(SHRED_TOLD)
                .execute(Tuple.of(types.toArray(String[]::new)))
                .map(rows -> rows.rowCount());
    }

    /** Destroys the keys of these accounts. Returns how many existed. */
    static Future<Integer> shred(SqlClient sql, Collection<UUID> accounts) {
        return sql.preparedQuery(SHRED)
                .execute(Tuple.of(accounts.stream().map(Audience::user).toArray(String[]::new)))
                .map(rows -> rows.rowCount());
    }
}
