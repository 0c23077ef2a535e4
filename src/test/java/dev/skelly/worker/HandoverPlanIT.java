package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a comparison of log and inbox reads does not grow with either. */
class HandoverPlanIT {

    private static final int EVENTS = 60_000;
    private static final int LOOKS = 10; // PostgreSQL keeps a plan after five.

    private final TestDatabase database = TestDatabase.fresh("work");
    private SqlConnection session;

    @BeforeEach
    void open() {
        database.execute("alter table event set (autovacuum_enabled = false)");
        database.execute("alter table work_done set (autovacuum_enabled = false)");
        database.execute("""
                insert into event (position, id, type, source, subject, subject_version, correlation, time, channels, data)
                select n, gen_random_uuid(), 'lamp.lit', '/t', 'lamp:' || n, 1, gen_random_uuid(), now(), '{}', '{}'
                from generate_series(1, %d) as n
                """.formatted(EVENTS));
        database.execute("""
                insert into work_done (worker, position)
                select number_of_worker(worker), position
                from event cross join unnest(array['lighter', 'other']) as worker
                where position not in (700, 40000)
                """);
        session = Waiting.on(database.pool().getConnection());
    }

    @AfterEach
    void close() {
        Waiting.on(session.close());
        database.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsOneWindow(boolean analysed) {
        // Given
        if (analysed) {
            database.execute("analyze");
        }
        var scanned = read("seq_tup_read");
        var fetched = read("idx_tup_fetch");

        // When
        var found = 0;
        for (var look = 0; look < LOOKS; look++) {
            found += Waiting.on(HandoverTable.missing(session, "lighter", List.of("lamp.lit"), 0, EVENTS, 100))
                    .events()
                    .size();
        }

        // Then
        assertThat(found).isEqualTo(LOOKS);
        assertThat(read("seq_tup_read") - scanned)
                .as("rows read one after the other")
                .isZero();
        assertThat(read("idx_tup_fetch") - fetched)
                .as("rows looked up")
                .isLessThanOrEqualTo((long) LOOKS * 2 * HandoverTable.WINDOW);
    }

    private long read(String figure) {
        Future<Long> sum = session.query("select pg_stat_force_next_flush()")
                .execute()
                .compose(flushed -> session.query("select sum(" + figure
                                + ")::bigint from pg_stat_user_tables where relname in ('event', 'inbox', 'work_done')")
                        .execute())
                .map(rows -> rows.iterator().next().getLong(0));
        return Waiting.on(sum);
    }
}
