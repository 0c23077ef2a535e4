package dev.skelly.features.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Audience;
import dev.skelly.event.CommandContext;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.PersonalData;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code audit}. */
public final class AuditTable implements AuditLog, PersonalData {

    /** The maximum number of rows that {@link #noteOften} adds per minute; beyond it, acts are counted without target and address. */
    static final int OFTEN_ROWS_A_MINUTE = 1_000;

    private static final int EXPORTED_MAX = 10_000;

    private static final String NOTE = """
            insert into audit (id, time, last_at, act, actor, target, address, correlation, before, after)
            values ($1, $2, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9::text::jsonb)
            """;

    /* Concurrent transactions may each see a row too few, so the limit is approximate. */
    private static final String NOTE_OFTEN = """
            with feature as (
              select count(*) < $11::int
                or exists (
                  select from audit
                  where minute = $10 and act = $3 and target is not distinct from $5 and address is not distinct from $6
                ) as enough
              from (select from audit where minute = $10 limit $11::int) rows
            )
            insert into audit (id, time, last_at, act, actor, target, address, correlation, before, after, minute)
            select $1, $2, $2, $3, case when enough then $4::uuid end, case when enough then $5::text end,
              case when enough then $6::text end, $7, $8::text::jsonb, $9::text::jsonb, $10
            from feature
            on conflict (minute, act, target, address) where minute is not null do update
            set times = audit.times + 1, last_at = excluded.last_at
            """;

    private static final String PAGE = """
            select id, time, last_at, times, act, actor, target, address, correlation, before::text as before, after::text as after
            from audit
            where ($1::text is null or act = $1 or ($2::text is not null and act >= $2 and act < $3))
              and ($4::uuid is null or actor = $4)
              and ($5::text is null or target = $5)
              and ($6::text is null or address = $6)
              and ($7::timestamptz is null or time >= $7)
              and ($8::timestamptz is null or time < $8)
              and ($9::uuid is null or id < $9)
            order by id desc
            limit $10::int
            """;

    private static final String ABOUT = """
            select id, time, last_at, times, act, actor, target, address, correlation, before::text as before, after::text as after
            from audit
            where actor = $1 or target = $2
            order by id desc
            limit $3::int
            """;

    /* The rows lose their minute, because without the address they would no longer be distinct. */
    private static final String ERASE = """
            update audit
            set address = case when address = 'command-line' then address end, before = '{}', after = '{}', minute = null
            where actor = $1 or target = $2
            """;

    private final JsonMapper json;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * Creates the table. It needs no connection of its own, because acts are recorded in their transactions.
     *
     * @param ids UUIDv7, so that rows sort by their time
     */
    public AuditTable(JsonMapper json, Clock clock, Supplier<UUID> ids) {
        this.json = json;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Future<Void> note(Tx tx, AuditEntry act) {
        return tx.sql().preparedQuery(NOTE).execute(row(tx, act)).mapEmpty();
    }

    @Override
    public Future<Void> noteOften(Tx tx, AuditEntry act) {
        var minute = at(clock.instant().truncatedTo(ChronoUnit.MINUTES));
        return tx.sql()
                .preparedQuery(NOTE_OFTEN)
                .execute(row(tx, act).addOffsetDateTime(minute).addInteger(OFTEN_ROWS_A_MINUTE))
                .mapEmpty();
    }

    private Tuple row(Tx tx, AuditEntry act) {
        var cause = tx.cause();
        return Tuple.tuple()
                .addUUID(ids.get())
                .addOffsetDateTime(at(clock.instant()))
                .addString(act.name())
                .addUUID(act.actor() == null ? cause.actor() : act.actor())
                .addString(act.target())
                .addString(cause.address())
                .addUUID(cause.correlation())
                .addString(text(act.before()))
                .addString(text(act.after()));
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an act cannot be written as JSON", e);
        }
    }

    private static OffsetDateTime at(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    /* The actor, the act and the time stay. */
    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        return tx.sql()
                .preparedQuery(ERASE)
                .execute(Tuple.of(account, Audience.user(account)))
                .mapEmpty();
    }

    Future<AuditPage> page(SqlClient sql, ListAuditEntries query) {
        return sql.preparedQuery(PAGE)
                .execute(parameters(query))
                .map(rows -> rows.stream().map(this::noted).toList())
                .map(found -> AuditPage.of(found, query.limit()));
    }

    private static Tuple parameters(ListAuditEntries query) {
        var act = query.act();
        var family = act != null && act.endsWith(".*") ? act.substring(0, act.length() - 2) : null;
        return Tuple.tuple()
                .addString(act)
                .addString(family == null ? null : family + ".")
                .addString(family == null ? null : family + "/") // the character after a dot
                .addUUID(query.actor())
                .addString(query.target())
                .addString(query.address())
                .addOffsetDateTime(orNull(query.since()))
                .addOffsetDateTime(orNull(query.until()))
                .addUUID(query.before())
                .addInteger(query.limit() + 1);
    }

    private static @Nullable OffsetDateTime orNull(@Nullable Instant time) {
        return time == null ? null : at(time);
    }

    private RecordedAuditEntry noted(Row row) {
        return new RecordedAuditEntry(
                row.getUUID("id"),
                row.getOffsetDateTime("time").toInstant(),
                row.getOffsetDateTime("last_at").toInstant(),
                row.getLong("times"),
                row.getString("act"),
                actor(row),
                row.getString("target"),
                row.getString("address"),
                row.getUUID("correlation"),
                value(row.getString("before")),
                value(row.getString("after")));
    }

    private static @Nullable String actor(Row row) {
        var account = row.getUUID("actor");
        if (account != null) {
            return account.toString();
        }
        return CommandContext.COMMAND_LINE.equals(row.getString("address")) ? RecordedAuditEntry.OPERATOR : null;
    }

    private JsonNode value(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the values of an act cannot be read", e);
        }
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        return sql.preparedQuery(ABOUT)
                .execute(Tuple.of(account, Audience.user(account), EXPORTED_MAX + 1))
                .map(rows -> rows.stream().map(this::noted).toList())
                .map(AuditTable::exported);
    }

    private static Map<String, Object> exported(List<RecordedAuditEntry> acts) {
        if (acts.isEmpty()) {
            return Map.of();
        }
        return acts.size() <= EXPORTED_MAX
                ? Map.of("acts", acts)
                : Map.of("acts", acts.subList(0, EXPORTED_MAX), "truncated", true);
    }
}
