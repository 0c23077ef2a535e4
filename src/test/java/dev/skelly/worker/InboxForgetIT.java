package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inbox forgets what is done or discarded, and nothing that an administrator or a retry still needs. */
class InboxForgetIT {

    private static final Duration KEEP = Duration.ofDays(7);

    @Test
    void onlyWhatNothingNeedsGoes() {
        try (var database = TestDatabase.fresh("work")) {
            // Given
            for (var state : List.of("done", "discarded", "dead", "waiting", "running", "blocked")) {
                for (var age : List.of("8 days", "1 day")) {
                    database.execute(
                            "insert into inbox (worker, event, type, subject, state, attempts, node, due_at) values ('w',"
                                    + " gen_random_uuid(), 't', '" + state + " " + age + "', '" + state
                                    + "', 1, 'n', now() - interval '"
                                    + age + "')");
                }
            }

            // When
            var gone = Waiting.on(new InboxTable("n", Duration.ofMinutes(1), KEEP)
                    .forget(database.pool(), List.of("w", "other"), 100));

            // Then
            var left = Waiting.on(database.pool()
                    .query(
                            "select subject from inbox where state in ('done', 'discarded') or subject like '%8 days' order by 1")
                    .execute()
                    .map(rows -> rows.stream().map(row -> row.getString(0)).toList()));
            assertThat(gone).isEqualTo(3);
            assertThat(left)
                    .containsExactly(
                            "blocked 8 days", "dead 8 days", "discarded 1 day", "running 8 days", "waiting 8 days");
        }
    }
}
