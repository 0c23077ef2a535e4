package dev.skelly.crypto;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code subject_key}. */
final class SubjectKeyTable {

    /**
     * A stored key.
     *
     * @param key null when it was destroyed
     * @param master name of the master key that encrypts it; empty for none
     */
    record StoredSubjectKey(String subject, @Nullable Buffer key, String master) {}

    private static final String FIND = """
            select subject, key, master
            from subject_key
            where subject = any ($1)
            """;

    private static final String INSERT = """
            insert into subject_key (subject, key, master)
            select * from unnest($1::text[], $2::bytea[], $3::text[])
            order by 1
            on conflict (subject) do nothing
            """;

    private static final String DESTROY = """
            insert into subject_key (subject, key, master, destroyed_at)
            values ($1, null, '', now())
            on conflict (subject) do update
            set key = null, master = '', destroyed_at = coalesce(subject_key.destroyed_at, now())
            """;

    private static final String UNDER_OTHERS = """
            select subject, key, master
            from subject_key
            where key is not null and master <> $1
            order by subject
            limit $2
            """;

    /* Does nothing when the key was destroyed or encrypted anew since it was read. */
    private static final String REPLACE = """
            update subject_key
            set key = $2, master = $3
            where subject = $1 and master = $4 and key is not null
            """;

    private SubjectKeyTable() {}

    static Future<Map<String, StoredSubjectKey>> find(SqlClient sql, Collection<String> subjects) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(subjects.toArray(String[]::new)))
                .map(rows -> stored(rows).stream().collect(Collectors.toMap(StoredSubjectKey::subject, key -> key)));
    }

    private static List<StoredSubjectKey> stored(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row ->
                        new StoredSubjectKey(row.getString("subject"), row.getBuffer("key"), row.getString("master")))
                .toList();
    }

    /** Inserts keys, keeping existing and destroyed ones. Waits for a transaction that is inserting one of them. */
    static Future<Void> insert(SqlClient sql, List<StoredSubjectKey> keys) {
        return sql.preparedQuery(INSERT)
                .execute(Tuple.of(
                        keys.stream().map(StoredSubjectKey::subject).toArray(String[]::new),
                        keys.stream().map(StoredSubjectKey::key).toArray(Buffer[]::new),
                        keys.stream().map(StoredSubjectKey::master).toArray(String[]::new)))
                .mapEmpty();
    }

    /** Destroys a key permanently. Where there is none, prevents that one is created. */
    static Future<Void> destroy(SqlClient sql, String subject) {
        return sql.preparedQuery(DESTROY).execute(Tuple.of(subject)).mapEmpty();
    }

    /** Returns some of the keys that are encrypted with another master key, or with none. */
    static Future<List<StoredSubjectKey>> underOthers(SqlClient sql, String master, int limit) {
        return sql.preparedQuery(UNDER_OTHERS).execute(Tuple.of(master, limit)).map(SubjectKeyTable::stored);
    }

    static Future<Void> replace(SqlClient sql, StoredSubjectKey old, StoredSubjectKey sealed) {
        return sql.preparedQuery(REPLACE)
                .execute(Tuple.of(old.subject(), sealed.key(), sealed.master(), old.master()))
                .mapEmpty();
    }
}
