package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row that an idle transaction holds keeps no other row from its work. */
class HeldRowIT {

    private static final Duration CLAIM = Duration.ofMinutes(1);

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private SqlConnection holder;

    @SuppressWarnings("NullAway.Init")
    private Transaction idle;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh("work");
        holder = Waiting.on(database.pool().getConnection());
        idle = Waiting.on(holder.begin());
    }

    @AfterEach
    void close() {
        Waiting.on(idle.rollback().compose(done -> holder.close()));
        database.close();
    }

    private void hold(String sql) {
        assertThat(Waiting.on(holder.query(sql).execute()).rowCount()).isOne();
    }

    private List<String> texts(String sql) {
        return Waiting.on(database.pool()
                .query(sql)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList()));
    }

    @Test
    void otherAttemptsAreRenewed() {
        // Given
        var events = Stream.of("11", "22", "33")
                .map(n -> UUID.fromString("00000000-0000-7000-8000-0000000000" + n))
                .toList();
        events.forEach(event ->
                database.execute("insert into inbox (worker, event, type, subject, state, attempts, node, due_at)"
                        + " values ('w', '" + event + "', 't', 's', 'running', 1, 'n', '2000-01-01Z')"));
        hold("select from inbox where event = '" + events.get(1) + "' for update");

        // When
        Waiting.on(new InboxTable("n", CLAIM, CLAIM)
                .renew(
                        database.pool(),
                        events.stream()
                                .map(event -> new InboxTable.RunningWork("w", event, 1))
                                .toList()));

        // Then
        assertThat(texts("select event::text from inbox where due_at > now() order by 1"))
                .containsExactly(events.get(0).toString(), events.get(2).toString());
    }

    @Test
    void otherGroupsAreRenewed() {
        // Given
        var groups = List.of(UUID.randomUUID(), UUID.randomUUID());
        groups.forEach(group -> database.execute("insert into work_group (id, worker, node, events, due_at) values ('"
                + group + "', 'w', 'n', '{}', '2000-01-01Z')"));
        hold("select from work_group where id = '" + groups.get(0) + "' for update");

        // When
        Waiting.on(new GroupTable("n", CLAIM).renew(database.pool(), groups));

        // Then
        assertThat(texts("select id::text from work_group where due_at > now()"))
                .containsExactly(groups.get(1).toString());
    }

    @Test
    void aHeldRowDoesNotSuspendWork() {
        // Given
        Vertx vertx = database.vertx();
        var breaker = new DatabaseCircuitBreaker(vertx, database.pool(), new Random(7));

        // When
        breaker.close(new PgException("canceling statement due to lock timeout", "ERROR", "55P03", ""));
        var afterLock = breaker.open();
        breaker.close(new PgException("the database system is shutting down", "FATAL", "57P03", ""));

        // Then
        assertThat(afterLock).isTrue();
        assertThat(breaker.open()).isFalse();
        breaker.stop();
    }
}
