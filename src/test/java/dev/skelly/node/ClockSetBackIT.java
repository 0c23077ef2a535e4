package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node whose clock, and that of its database, was a day ahead (or behind) from its first start on, and is right when it starts again: it serves, and
 * continues what a killed process had begun. Shifting each stored time has the same effect as the other clock.
 */
final class ClockSetBackIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    /* Each time of each table; those of events are in their hashes, and nothing waits for them. */
    private static final String SHIFT = """
            do $$
            declare
              own record;
            begin
              for own in
                select c.table_name, c.column_name
                from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = 'public' and c.data_type = 'timestamp with time zone' and t.table_type = 'BASE TABLE'
                  and c.table_name !~ '^(event|migration)'
              loop
                execute format('update %I set %I = %2$I + interval ''DAYS''', own.table_name, own.column_name);
              end loop;
            end
            $$
            """;

    /* A process that was killed while it worked, ran a job and reported its figures. */
    private static final String KILLED = """
            with undone as (
              delete from work_done d using worker_number w, event e
              where d.worker = w.number and w.worker = 'initialise-preferences' and e.position = d.position
              returning e.id, e.type, e.subject, e.position
            ),
            begun as (
              insert into inbox (worker, event, type, subject, state, attempts, node, due_at, position)
              select 'initialise-preferences', id, type, subject, 'running', 1, 'gone/1', now() + interval '30 seconds', position
              from undone
              returning event
            ),
            there as (
              insert into work_node (node, seen_at) values ('gone/1', now())
            ),
            known as (
              insert into system_node (node, figures, seen_at)
              select 'gone', figures, now() from system_node limit 1
            ),
            job as (
              update scheduled_job set due = now(), claimed_until = now() + interval '1 minute', version = version + 1
              where name = 'accounts.erase-unverified'
            )
            select count(*) as rows from begun
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void continuesWithTheRightClock(int days) {
        try (var node = WholeNode.start(Map.of())) {
            // Given
            node.register("ada@example.org");
            await().atMost(SOON).until(() -> done(node) >= 1);

            // When
            node.restart(() -> {
                assertThat(one(node, KILLED).getLong("rows")).isPositive();
                node.database().execute(SHIFT.replace("DAYS", days + " day"));
            });

            // Then
            assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(node.signIn("ada@example.org")).isNotEmpty();
            node.register("eve@example.org");
            await().atMost(SOON).until(() -> done(node) >= 3);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one(node, """
                    select
                      (select count(*) from inbox where state = 'running') as running,
                      (select count(*) from dead_letter) as dead,
                      (select count(*) from work_node where node = 'gone/1') as present,
                      (select count(*) from scheduled_job where claimed_until is not null or due > now() + interval '2 days') as held,
                      (select count(*) from signing_key) as keys
                    """).toJson().encode())
                            .isEqualTo("{\"running\":0,\"dead\":0,\"present\":0,\"held\":0,\"keys\":1}"));
        }
    }

    private static long done(WholeNode node) {
        return one(node, """
                select count(*) as done from work_done d join worker_number w on w.number = d.worker and w.worker = 'initialise-preferences'
                """).getLong("done");
    }

    private static Row one(WholeNode node, String sql) {
        return Waiting.on(node.database().pool().query(sql).execute())
                .iterator()
                .next();
    }
}
