package dev.skelly.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stamping costs follows the events to be stamped, not those that the log holds: also when its plans were made over an empty log. */
class StampPlanIT {

    /* PostgreSQL makes a plan to keep with the sixth execution. */
    private static final int CALLS_UNTIL_KEPT = 8;
    private static final int AT_ONCE = 100;

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        database.execute("alter table event set (autovacuum_enabled = false)"); // It would have the plans made anew.
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void neverReadsTheWholeLog() {
        // Given: a session that has planned while there were only few events
        var session = Waiting.on(database.pool().getConnection());
        var stamps = new SequencingTable(session);
        var lamps = new Lamps(database.pool(), LampEvent.eventTypes(), seq -> {});
        lamps.light(CALLS_UNTIL_KEPT);
        for (var call = 0; call < CALLS_UNTIL_KEPT; call++) {
            assertThat(stamp(stamps, 1)).isEqualTo(1);
        }
        for (var round = 0; round < 10; round++) {
            lamps.light(AT_ONCE);
        }
        var before = rowsReadOneAfterTheOther(session);

        // When
        var stamped = stamp(stamps, 10) + stamp(stamps, 10);

        // Then
        assertThat(stamped).isEqualTo(20);
        assertThat(rowsReadOneAfterTheOther(session) - before).isZero();
        Waiting.on(session.close());
    }

    private static int stamp(SequencingTable stamps, int rows) {
        return Waiting.on(stamps.stamp(0, 0, rows, 1_000_000)).events().size();
    }

    private static long rowsReadOneAfterTheOther(SqlConnection session) {
        Future<Long> read = session.query("select pg_stat_force_next_flush()")
                .execute()
                .compose(
                        flushed -> session.query("select seq_tup_read from pg_stat_user_tables where relname = 'event'")
                                .execute())
                .map(rows -> rows.iterator().next().getLong(0));
        return Waiting.on(read);
    }
}
