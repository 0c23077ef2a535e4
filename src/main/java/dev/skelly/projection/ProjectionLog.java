package dev.skelly.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.ProjectedEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the log for projections: only the columns that they get. Safe on any context. */
public final class ProjectionLog {

    private static final String COLUMNS =
            "select coalesce(position, 0), id, type, type_version, subject, subject_version, actor, time, data::text from event ";

    /* The planner may walk positions or the index of types; the window bounds both. */
    private static final String PAGE = COLUMNS + """
            where position > $1::bigint and position <= $2::bigint and type = any ($3::text[]) order by position limit $4::int
            """;

    /* One statement and so one snapshot, because events move from the second part to the first. */
    private static final String REST = COLUMNS + """
            where type = any ($2::text[]) and (position > $1::bigint or position is null) order by position nulls last, seq
            """;

    private static final String BY_SEQ = COLUMNS + "where seq = any ($1::bigint[]) order by seq";

    private static final String OF_SUBJECT = COLUMNS + """
            where subject = $1::text and position is not null and type = any ($2::text[]) and position <= $3::bigint
              and ($4::timestamptz is null or time <= $4)
            order by position limit $5::int
            """;

    private final Supplier<EventTypeRegistry> eventTypes;
    private final JsonMapper json;

    /** Creates a reader that decodes with these types. */
    public ProjectionLog(Supplier<EventTypeRegistry> eventTypes, JsonMapper json) {
        this.eventTypes = eventTypes;
        this.json = json;
    }

    /**
     * Reads events of a range.
     *
     * @param after examined from the next position on
     * @param upTo the last position
     */
    public Future<List<ProjectedEvent>> page(
            SqlClient sql, Collection<String> types, long after, long upTo, int limit) {
        return sql.preparedQuery(PAGE)
                .execute(Tuple.of(after, upTo, stored(types), limit))
                .map(this::events);
    }

    /** Reads all events after a position, then those that are committed and not sequenced yet, in the order in which they were written. */
    public Future<List<ProjectedEvent>> rest(SqlClient sql, Collection<String> types, long after) {
        return sql.preparedQuery(REST)
                .execute(Tuple.tuple().addLong(after).addArrayOfString(stored(types)))
                .map(this::events);
    }

    Future<List<ProjectedEvent>> written(SqlClient sql, List<Long> seqs) {
        return sql.preparedQuery(BY_SEQ)
                .execute(Tuple.of(seqs.toArray(Long[]::new)))
                .map(this::events);
    }

    /**
     * Reads the sequenced events of a subject.
     *
     * @param position the last position; null for no limit
     * @param time of the last event; null for no limit
     */
    public Future<List<ProjectedEvent>> ofSubject(
            SqlClient sql,
            String subject,
            Collection<String> types,
            @Nullable Long position,
            @Nullable Instant time,
            int limit) {
        var until = time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
        return sql.preparedQuery(OF_SUBJECT)
                .execute(Tuple.of(subject, stored(types), position == null ? Long.MAX_VALUE : position, until, limit))
                .map(this::events);
    }

    /* The names under which events of the types were ever stored. */
    private String[] stored(Collection<String> types) {
        var registry = eventTypes.get();
        return types.stream()
                .flatMap(name -> registry.named(name)
                        .map(type -> Stream.concat(Stream.of(type.name()), type.formerly().stream()))
                        .orElseGet(() -> Stream.of(name)))
                .toArray(String[]::new);
    }

    private List<ProjectedEvent> events(RowSet<Row> rows) {
        var registry = eventTypes.get();
        return rows.stream().map(row -> event(registry, row)).toList();
    }

    private ProjectedEvent event(EventTypeRegistry registry, Row row) {
        var id = row.getUUID(1);
        var stored = registry.present(new StoredEvent(
                row.getLong(0),
                id,
                row.getString(2),
                row.getInteger(3),
                "", // No projection gets this, nor the correlation, the cause, the channels and the trace.
                row.getString(4),
                row.getLong(5),
                row.getUUID(6),
                id,
                null,
                row.getOffsetDateTime(7).toInstant(),
                List.of(),
                row.getString(8),
                null));
        return new ProjectedEvent(stored, () -> read(registry, stored));
    }

    private Optional<Event> read(EventTypeRegistry registry, StoredEvent stored) {
        return registry.named(stored.type()).map(type -> type.shape()).map(shape -> parse(stored, shape));
    }

    private Event parse(StoredEvent stored, Class<? extends Event> shape) {
        try {
            return json.readValue(stored.data(), shape);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "event " + stored.id() + " is not the JSON of " + shape.getName() + " (expected: " + stored.type()
                            + ")",
                    e);
        }
    }
}
