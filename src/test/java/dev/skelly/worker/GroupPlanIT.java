package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the statements of a group read grows with the group, not with the log, nor with what is done. */
class GroupPlanIT {

    private static final int EVENTS = 50_000;
    private static final int DONE = 40_000;
    private static final int GROUP = 256;
    private static final int PAGE = 1_000;

    private final TestDatabase database = TestDatabase.fresh("work");
    private SqlConnection session;

    @BeforeEach
    void open() {
        database.execute("alter table event set (autovacuum_enabled = false)");
        database.execute("alter table work_done set (autovacuum_enabled = false)");
        database.execute("""
                insert into event (position, id, type, source, subject, subject_version, correlation, time, channels, data)
                select n, gen_random_uuid(), 'lamp.lit', '/t', 'lamp:' || n %% 1000, 1, gen_random_uuid(), now(), '{}', '{}'
                from generate_series(1, %d) as n
                """.formatted(EVENTS));
        database.execute("""
                insert into work_done (worker, done_minute, position)
                select number_of_worker('lighter'), 1, position from event where position <= %d order by position
                """.formatted(DONE));
        session = Waiting.on(database.pool().getConnection());
    }

    @AfterEach
    void close() {
        Waiting.on(session.close());
        database.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void looksUpTheEventsOfTheGroup(boolean analysed) {
        // Given
        analyse(analysed);
        var events = group();
        var scanned = read("seq_tup_read");
        var fetched = read("idx_tup_fetch");

        // When
        var fresh = Waiting.on(GroupTable.fresh(session, WORKER, events));
        var recorded = Waiting.on(DoneTable.record(session, WORKER, events));

        // Then
        assertThat(fresh).hasSize(GROUP);
        assertThat(recorded).hasSize(GROUP);
        assertThat(read("seq_tup_read") - scanned)
                .as("rows read one after the other")
                .isLessThan(10);
        assertThat(read("idx_tup_fetch") - fetched).as("rows looked up").isLessThanOrEqualTo(5 * GROUP);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsByRanges(boolean analysed) {
        // Given
        analyse(analysed);
        var table = new DoneTable(Duration.ofDays(1));
        var fetched = read("idx_tup_fetch");
        var after = 0L;

        // When
        for (var round = 1; round <= 10; round++) {
            var page = Waiting.on(table.forget(session, WORKER, after, PAGE));
            assertThat(page.gone()).isEqualTo(PAGE);
            after = page.upTo().orElseThrow();
        }

        // Then
        assertThat(after).isEqualTo(10L * PAGE);
        assertThat(read("idx_tup_fetch") - fetched).as("rows looked up").isLessThanOrEqualTo(30L * PAGE);
    }

    private void analyse(boolean analysed) {
        if (analysed) {
            database.execute("analyze");
        }
    }

    private List<StoredEvent> group() {
        return Waiting.on(new LogReader(session)
                .page(DONE, null, null, GROUP)
                .timeout(1, TimeUnit.MINUTES)
                .map(page -> page.events()));
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
