package dev.skelly.idempotency;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code idempotency_key}. Times are the database's, so that they are the same on every node. */
final class IdempotencyKeyTable {

    /* A lease that ends long after a new one would is of a clock that was set back since. */
    /* One statement decides: a new key, an expired one, or the same request whose run has not responded in its time. */
    private static final String CLAIM = """
            insert into idempotency_key as k (key, caller, request, claim, seed, lease_ends, expires)
            values ($1, $2, $3, $4, $5, now() + $6::bigint * interval '1 millisecond', now() + $7::bigint * interval '1 millisecond')
            on conflict (key) do update set
              caller = excluded.caller,
              request = excluded.request,
              claim = excluded.claim,
              lease_ends = excluded.lease_ends,
              seed = case when k.expires < now() then excluded.seed else k.seed end,
              command = case when k.expires < now() then null else k.command end,
              result = case when k.expires < now() then null else k.result end,
              last_write = case when k.expires < now() then null else k.last_write end,
              answer = null,
              expires = case when k.expires < now() then excluded.expires else k.expires end
            where k.expires < now()
              or (k.answer is null and k.request in (excluded.request, $8)
                and (k.lease_ends < now() or k.lease_ends > excluded.lease_ends + interval '1 minute'))
            returning seed, xmax = 0 as fresh
            """;

    private static final String LOOK = """
            select request, seed, answer, ceil(extract(epoch from lease_ends - now()) * 1000)::bigint as millis
            from idempotency_key
            where key = $1
            """;

    private static final String COUNT =
            "select count(*) from (select from idempotency_key where caller = $1 limit $2) held";

    private static final String KEEP = "update idempotency_key set answer = $3 where key = $1 and claim = $2";

    private static final String FORGET =
            "delete from idempotency_key where key = $1 and claim = $2 and command is null";

    private static final String YIELD =
            "update idempotency_key set lease_ends = now() - interval '1 second' where key = $1 and claim = $2";

    private static final String LOCK = """
            select command, result, last_write
            from idempotency_key
            where key = $1 and claim = $2
            for update
            """;

    private static final String NOTE =
            "update idempotency_key set command = $2, result = $3, last_write = $4 where key = $1";

    private static final String SWEEP = """
            delete from idempotency_key
            where key in (
              select key from idempotency_key where expires < now() order by expires limit $1 for update skip locked
            )
            """;

    /** A successful claim. */
    record ClaimedKey(UUID seed, boolean fresh) {}

    /** The row that prevented a claim. */
    record FoundKey(String request, UUID seed, @Nullable Buffer answer, long leaseMillis) {}

    /** The effect of a key; without a command, nothing was done yet. */
    record Effect(
            @Nullable String command,
            @Nullable Buffer result,
            @Nullable Long lastWrite) {}

    private IdempotencyKeyTable() {}

    static Future<Optional<ClaimedKey>> claim(SqlClient sql, ClaimIdempotencyKey command, Duration keep) {
        var row = Tuple.of(command.key(), command.caller(), command.request(), command.claim(), command.seed())
                .addLong(command.lease().toMillis())
                .addLong(keep.toMillis())
                .addString(command.former());
        return sql.preparedQuery(CLAIM)
                .execute(row)
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(found -> new ClaimedKey(found.getUUID("seed"), found.getBoolean("fresh"))));
    }

    static Future<Optional<FoundKey>> find(SqlClient sql, String key) {
        return sql.preparedQuery(LOOK)
                .execute(Tuple.of(key))
                .map(rows -> rows.stream().findFirst().map(IdempotencyKeyTable::found));
    }

    private static FoundKey found(Row row) {
        return new FoundKey(
                row.getString("request"), row.getUUID("seed"), row.getBuffer("answer"), row.getLong("millis"));
    }

    /** Counts the keys of a caller, up to {@code most}. */
    static Future<Long> count(SqlClient sql, String caller, int most) {
        return sql.preparedQuery(COUNT)
                .execute(Tuple.of(caller, most))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    static Future<Void> keep(SqlClient sql, StoreResponse answer, byte[] sealed) {
        return sql.preparedQuery(KEEP)
                .execute(Tuple.of(answer.key(), answer.claim(), Buffer.buffer(sealed)))
                .mapEmpty();
    }

    /** Deletes a key without an effect. */
    static Future<Void> forget(SqlClient sql, String key, UUID claim) {
        return sql.preparedQuery(FORGET).execute(Tuple.of(key, claim)).mapEmpty();
    }

    /** Allows the next run to take over at once. */
    static Future<Void> handOver(SqlClient sql, String key, UUID claim) {
        return sql.preparedQuery(YIELD).execute(Tuple.of(key, claim)).mapEmpty();
    }

    /** Locks the row of a key until the transaction ends; empty when another run holds the key. */
    static Future<Optional<Effect>> lock(SqlClient sql, String key, UUID claim) {
        return sql.preparedQuery(LOCK)
                .execute(Tuple.of(key, claim))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Effect(
                                row.getString("command"), row.getBuffer("result"), row.getLong("last_write"))));
    }

    static Future<Void> note(SqlClient sql, String key, Effect effect) {
        var row = Tuple.tuple()
                .addString(key)
                .addString(effect.command())
                .addBuffer(effect.result())
                .addLong(effect.lastWrite());
        return sql.preparedQuery(NOTE).execute(row).mapEmpty();
    }

    /** Deletes expired keys, at most {@code rowsMax} rows, and returns their number. */
    static Future<Integer> sweep(SqlClient sql, int rowsMax) {
        return sql.preparedQuery(SWEEP).execute(Tuple.of(rowsMax)).map(rows -> rows.rowCount());
    }
}
