package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The SQL that appends many events at once. */
final class EventBatchTable {

    /*
     * Each subject's head is raised once, in the order of subjects, so that two batches cannot deadlock. The events are sorted after the
     * join with all heads, and draw their seq after that: seq keeps the order of a subject's versions.
     *
     * An id that a client chose is new when neither a key nor an event has it: most ids are generated here and have no key. The limits keep
     * the planner from reading the whole log when the log was small at planning time.
     *
     * The time to wait for a lock is set by the statement itself: it also runs without a transaction, where a statement before it would cost
     * a round trip and would change the session. Every row of the input comes after it, and every lock after the input.
     */
    private static final String APPEND = """
            with patience as materialized (
              select set_config('lock_timeout', coalesce($15::text, current_setting('lock_timeout')), true) as value
            ),
            input as (
              select i.*
              from patience
              cross join unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[],
                $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::bytea[]) with ordinality
                as i (id, digest, type, type_version, source, subject, actor, correlation, causation, time, channels, data, traceparent, sealed, n)
              where patience.value is not null
            ),
            fresh as (
              insert into event_key (id, digest, time)
              select id, digest, time
              from input
              where digest is not null and (select event.seq from event where event.id = input.id limit 1) is null
              order by id
              on conflict (id) do nothing
              returning id
            ),
            taken as materialized (
              select i.*, row_number() over (partition by subject order by n) as place, count(*) over (partition by subject) as places
              from input i
              where digest is null or id in (select id from fresh)
            ),
            heads as (
              insert into subject_head as h (subject, version)
              select subject, count(*) + %s
              from taken
              group by subject
              order by subject
              on conflict (subject) do update set version = h.version + excluded.version - %s
              returning subject, version
            )
            insert into event (id, type, type_version, source, subject, subject_version, actor, correlation, causation, time, channels,
              data, traceparent, sealed)
            select id, type, type_version, source, subject, heads.version - places + place, actor, correlation, causation, time,
              string_to_array(channels, E'\\n'), data::jsonb, traceparent, sealed
            from taken
            join heads using (subject)
            order by n
            returning id, seq
            """.formatted(
                    SubjectHeadTable.versionWithoutHead("taken.subject"),
                    SubjectHeadTable.versionWithoutHead("excluded.subject"));

    private static final String FIND = """
            select asked.id, k.digest, e.seq
            from unnest($1::uuid[]) as asked (id)
            cross join lateral (select event.seq from event where event.id = asked.id limit 1) e
            left join event_key k on k.id = asked.id
            """;

    private record KnownEvent(@Nullable String digest, long seq) {}

    private EventBatchTable() {}

    /**
     * Appends the events whose id is new.
     *
     * @param drafts no id twice
     * @param lockWait longest wait for a lock, until the transaction ends; null for the session's own
     * @return one result for each, in their order
     */
    static Future<List<AppendResult>> append(
            SqlClient sql, List<NewEvent> drafts, FieldSealing sealing, @Nullable Duration lockWait) {
        return written(sql, drafts, sealing)
                .compose(written -> sql.preparedQuery(APPEND)
                        .execute(row(drafts, written).addString(lockWait == null ? null : lockWait.toMillis() + "ms"))
                        .map(EventBatchTable::seqs)
                        .compose(
                                seqs -> known(sql, drafts, seqs).map(known -> receipts(drafts, written, seqs, known))));
    }

    private static Future<List<FieldSealing.SealedJson>> written(
            SqlClient sql, List<NewEvent> drafts, FieldSealing sealing) {
        var sensitive = drafts.stream()
                .filter(draft -> !draft.type().sensitive().isEmpty())
                .map(draft -> new FieldSealing.Plain(
                        draft.id(), draft.type(), draft.subject(), draft.channels(), draft.data(), draft.digest()))
                .toList();
        return sensitive.isEmpty()
                ? Future.succeededFuture(written(drafts, List.of()))
                : sealing.seal(sql, sensitive).map(done -> written(drafts, done));
    }

    private static List<FieldSealing.SealedJson> written(List<NewEvent> drafts, List<FieldSealing.SealedJson> done) {
        var next = done.iterator();
        return drafts.stream()
                .map(draft -> draft.type().sensitive().isEmpty()
                        ? new FieldSealing.SealedJson(draft.data(), null, draft.digest())
                        : next.next())
                .toList();
    }

    private static Map<UUID, Long> seqs(RowSet<Row> rows) {
        var seqs = new HashMap<UUID, Long>();
        rows.forEach(row -> seqs.put(row.getUUID("id"), row.getLong("seq")));
        return seqs;
    }

    /* Needs a second statement, because the first cannot see what another transaction committed while it waited for it. */
    private static Future<Map<UUID, KnownEvent>> known(SqlClient sql, List<NewEvent> drafts, Map<UUID, Long> written) {
        var missing = drafts.stream()
                .map(NewEvent::id)
                .filter(id -> !written.containsKey(id))
                .toArray(UUID[]::new);
        if (missing.length == 0) {
            return Future.succeededFuture(Map.of());
        }
        return sql.preparedQuery(FIND).execute(Tuple.of(missing)).map(rows -> {
            var known = new LinkedHashMap<UUID, KnownEvent>();
            rows.forEach(
                    row -> known.put(row.getUUID("id"), new KnownEvent(row.getString("digest"), row.getLong("seq"))));
            return known;
        });
    }

    private static List<AppendResult> receipts(
            List<NewEvent> drafts,
            List<FieldSealing.SealedJson> written,
            Map<UUID, Long> seqs,
            Map<UUID, KnownEvent> known) {
        var receipts = new ArrayList<AppendResult>();
        for (var i = 0; i < drafts.size(); i++) {
            var id = drafts.get(i).id();
            var seq = seqs.get(id);
            receipts.add(
                    seq == null
                            ? again(id, written.get(i).digest(), known.get(id))
                            : new AppendResult(id, seq, AppendResult.Fate.APPENDED));
        }
        return receipts;
    }

    private static AppendResult again(UUID id, @Nullable String digest, @Nullable KnownEvent known) {
        if (known == null) {
            throw new IllegalStateException("event " + id + " is neither new nor known");
        }
        var same = known.digest() != null
                && (known.digest().equals(digest)
                        || known.digest().equals(FieldSealing.FORGOTTEN)
                        || FieldSealing.FORGOTTEN.equals(digest));
        return new AppendResult(id, known.seq(), same ? AppendResult.Fate.REPEATED : AppendResult.Fate.CLASHING);
    }

    private static Tuple row(List<NewEvent> drafts, List<FieldSealing.SealedJson> written) {
        return Tuple.tuple()
                .addArrayOfUUID(each(drafts, NewEvent::id, UUID[]::new))
                .addArrayOfString(
                        written.stream().map(FieldSealing.SealedJson::digest).toArray(String[]::new))
                .addArrayOfString(texts(drafts, draft -> draft.type().name()))
                .addArrayOfInteger(each(drafts, draft -> draft.type().version(), Integer[]::new))
                .addArrayOfString(texts(drafts, draft -> draft.type().source()))
                .addArrayOfString(texts(drafts, NewEvent::subject))
                .addArrayOfUUID(each(drafts, draft -> draft.cause().actor(), UUID[]::new))
                .addArrayOfUUID(each(drafts, draft -> draft.cause().correlation(), UUID[]::new))
                .addArrayOfUUID(each(drafts, draft -> draft.cause().causation(), UUID[]::new))
                .addArrayOfOffsetDateTime(each(
                        drafts, draft -> OffsetDateTime.ofInstant(draft.time(), ZoneOffset.UTC), OffsetDateTime[]::new))
                .addArrayOfString(texts(drafts, draft -> String.join("\n", draft.channels())))
                .addArrayOfString(
                        written.stream().map(FieldSealing.SealedJson::data).toArray(String[]::new))
                .addArrayOfString(texts(drafts, draft -> draft.cause().traceparent()))
                .addArrayOfBuffer(
                        written.stream().map(FieldSealing.SealedJson::sealed).toArray(Buffer[]::new));
    }

    private static String[] texts(List<NewEvent> drafts, Function<NewEvent, String> part) {
        return each(drafts, part, String[]::new);
    }

    private static <T> T[] each(List<NewEvent> drafts, Function<NewEvent, T> part, IntFunction<T[]> array) {
        return drafts.stream().map(part).toArray(array);
    }
}
