package dev.skelly.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code dead_letter}. */
public final class DeadLetterTable {

    private static final String BURY = """
            with gone as (
              update inbox
              set state = 'dead', errors = errors || $5::text::jsonb
              where worker = $2 and event = $3 and attempts = $4 and state = 'running'
              returning *
            )
            insert into dead_letter (id, worker, event, type, subject, state, attempts, first_at, last_at)
            select $1, worker, event, type, subject, 'open', errors, first_at, clock_timestamp()
            from gone
            """;

    private static final String COLUMNS = """
            select id, worker, event, type, subject, state, attempts::text as attempts, first_at, last_at, reason, acted_by, acted_at, version
            from dead_letter
            """;

    private static final String ONE = COLUMNS + "where id = $1";

    private static final String PAGE = COLUMNS + """
            where ($1::text is null or worker = $1)
              and ($2::text is null or state = $2)
              and ($3::uuid is null or id < $3)
            order by id desc
            limit $4::int
            """;

    private static final String ACT = """
            update dead_letter
            set state = $2, reason = $3, acted_by = $4, acted_at = clock_timestamp(), version = version + 1
            where id = $1 and state = 'open' and ($5::bigint is null or version = $5)
            """;

    /* The dead letter keeps the attempts so far; the inbox starts counting again. */
    private static final String AGAIN = """
            update inbox
            set state = 'waiting', attempts = 0, errors = '[]', first_at = clock_timestamp(), due_at = clock_timestamp()
            where worker = $1 and event = $2 and state = 'dead'
            """;

    private static final String DISCARDED =
            "update inbox set state = 'discarded' where worker = $1 and event = $2 and state = 'dead'";

    private static final TypeReference<List<AttemptError>> ATTEMPTS = new TypeReference<>() {};

    private final JsonMapper json;

    public DeadLetterTable(JsonMapper json) {
        this.json = json;
    }

    /**
     * Turns a running attempt into a dead letter; returns false when the attempt was replaced by another.
     *
     * @param errors a JSON list, appended to the errors of earlier attempts
     */
    static Future<Boolean> bury(SqlClient sql, UUID id, String worker, UUID event, int attempt, String errors) {
        return sql.preparedQuery(BURY)
                .execute(Tuple.of(id, worker, event, attempt, errors))
                .map(rows -> rows.rowCount() == 1);
    }

    public Future<Optional<DeadLetter>> find(SqlClient sql, UUID id) {
        return sql.preparedQuery(ONE)
                .execute(Tuple.of(id))
                .map(rows -> rows.stream().findFirst().map(this::deadLetter));
    }

    /**
     * Reads dead letters, newest first.
     *
     * @param worker only those of this worker; null for all
     * @param state only those in this state; null for all
     * @param before only those made before this one; null from the newest
     */
    public Future<List<DeadLetter>> list(
            SqlClient sql, @Nullable String worker, @Nullable String state, @Nullable UUID before, int limit) {
        return sql.preparedQuery(PAGE)
                .execute(Tuple.of(worker, state, before, limit))
                .map(rows -> rows.stream().map(this::deadLetter).toList());
    }

    /**
     * Changes the state {@code open} to another; returns false when the letter is not open, or its version is not the expected one.
     *
     * @param expectedVersion null for any
     */
    public Future<Boolean> act(
            SqlClient sql, UUID id, String state, @Nullable String reason, UUID by, @Nullable Long expectedVersion) {
        return sql.preparedQuery(ACT)
                .execute(Tuple.of(id, state, reason, by, expectedVersion))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Makes its event due now. */
    public Future<Void> again(SqlClient sql, DeadLetter letter) {
        return sql.preparedQuery(AGAIN)
                .execute(Tuple.of(letter.worker(), letter.eventId()))
                .mapEmpty();
    }

    /**
     * Lets later events of its subject pass it.
     *
     * @param worker the letter's worker; null when this program does not have it any more
     */
    public Future<Void> discarded(SqlClient sql, DeadLetter letter, @Nullable Worker worker) {
        var ordered = worker != null && worker.ordered() ? worker : null;
        var locked = ordered == null ? Future.<Void>succeededFuture() : GroupTable.lock(sql, letter.worker());
        return locked.compose(lock -> sql.preparedQuery(DISCARDED).execute(Tuple.of(letter.worker(), letter.eventId())))
                .compose(done -> ordered == null
                        ? Future.succeededFuture()
                        : HeldWorkTable.release(sql, ordered, List.of(letter.subject())));
    }

    private DeadLetter deadLetter(Row row) {
        return new DeadLetter(
                row.getUUID("id"),
                row.getString("worker"),
                row.getUUID("event"),
                row.getString("type"),
                row.getString("subject"),
                row.getString("state"),
                attempts(row.getString("attempts")),
                row.getOffsetDateTime("first_at").toInstant(),
                row.getOffsetDateTime("last_at").toInstant(),
                row.getString("reason"),
                row.getUUID("acted_by"),
                actedAt(row),
                row.getLong("version"));
    }

    private static @Nullable Instant actedAt(Row row) {
        var at = row.getOffsetDateTime("acted_at");
        return at == null ? null : at.toInstant();
    }

    private List<AttemptError> attempts(String text) {
        try {
            return json.readValue(text, ATTEMPTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the attempts of a dead letter cannot be read", e);
        }
    }
}
