package dev.skelly.eventlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The SQL that appends to the log. */
final class EventTable {

    /*
     * The head row is locked before the event's seq is drawn, because the insert reads the head's row: that keeps seq in the order of the
     * subject's versions, on which sequencing relies.
     */
    private static final String INSERT_AFTER_HEAD = """
            insert into event (id, type, type_version, source, subject, subject_version, actor, correlation, causation, time, channels, data,
              traceparent, sealed)
            select $1::uuid, $2::text, $12::int, $3::text, $4::text, head.version, $5::uuid, $6::uuid, $7::uuid, $8::timestamptz, $9::text[],
              $10::text::jsonb, $11::text, $13::bytea
            from head
            returning seq
            """;

    private static final String APPEND =
            """
            with head as (
              insert into subject_head as h (subject, version)
              select $4::text, 1 + %s
              on conflict (subject) do update set version = h.version + 1
              returning version
            )
            """.formatted(SubjectHeadTable.versionWithoutHead("$4::text")) + INSERT_AFTER_HEAD;

    private static final String APPEND_FIRST =
            """
            with head as (
              insert into subject_head (subject, version)
              select $4::text, $14::bigint + 1
              where %s = 0
              on conflict (subject) do nothing
              returning version
            )
            """.formatted(SubjectHeadTable.versionWithoutHead("$4::text")) + INSERT_AFTER_HEAD;

    private static final String APPEND_EXPECTED = """
            with head as (
              update subject_head
              set version = version + 1
              where subject = $4::text and version = $14::bigint
              returning version
            )
            """ + INSERT_AFTER_HEAD;

    private final Supplier<EventTypeRegistry> eventTypes;
    private final JsonMapper json;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final FieldSealing sealing;

    EventTable(
            Supplier<EventTypeRegistry> eventTypes,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids,
            FieldSealing sealing) {
        this.eventTypes = eventTypes;
        this.json = json;
        this.clock = clock;
        this.ids = ids;
        this.sealing = sealing;
    }

    Future<Long> append(SqlClient sql, CommandContext cause, Event event) {
        return row(sql, cause, event)
                .compose(row -> sql.preparedQuery(APPEND).execute(row))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Future<Long> append(SqlClient sql, CommandContext cause, Event event, long expectedVersion) {
        return row(sql, cause, event)
                .compose(row -> sql.preparedQuery(expectedVersion == 0 ? APPEND_FIRST : APPEND_EXPECTED)
                        .execute(row.addLong(expectedVersion)))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new StaleVersionException(event.subject(), expectedVersion))
                        : Future.succeededFuture(rows.iterator().next().getLong(0)));
    }

    Future<List<AppendResult>> append(SqlClient sql, List<NewEvent> drafts, @Nullable Duration lockWait) {
        return EventBatchTable.append(sql, drafts, sealing, lockWait);
    }

    /** Returns the name of an event's type. */
    String typeName(Event event) {
        return eventTypes.get().typeOf(event).name();
    }

    private Future<Tuple> row(SqlClient sql, CommandContext cause, Event event) {
        var type = eventTypes.get().typeOf(event);
        var channels = event.audience().channels();
        requireDeclared(type, channels);
        var plain = new FieldSealing.Plain(ids.get(), type, event.subject(), channels, text(event), null);
        if (type.sensitive().isEmpty()) {
            return Future.succeededFuture(row(cause, plain, new FieldSealing.SealedJson(plain.data(), null, null)));
        }
        return sealing.seal(sql, List.of(plain)).map(written -> row(cause, plain, written.get(0)));
    }

    private Tuple row(CommandContext cause, FieldSealing.Plain event, FieldSealing.SealedJson written) {
        var type = event.type();
        return Tuple.tuple()
                .addUUID(event.id())
                .addString(type.name())
                .addString(type.source())
                .addString(event.subject())
                .addUUID(cause.actor())
                .addUUID(cause.correlation())
                .addUUID(cause.causation())
                .addOffsetDateTime(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .addArrayOfString(event.channels().toArray(String[]::new))
                .addString(written.data())
                .addString(cause.traceparent())
                .addInteger(type.version())
                .addBuffer(written.sealed());
    }

    private static void requireDeclared(EventType type, List<String> channels) {
        channels.stream().filter(channel -> !type.reaches(channel)).findAny().ifPresent(channel -> {
            throw new IllegalStateException(
                    type.name() + " to channel " + channel + " (expected: one of " + type.audience() + ")");
        });
    }

    private String text(Event event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event " + event.getClass().getName() + " cannot be written as JSON", e);
        }
    }
}
