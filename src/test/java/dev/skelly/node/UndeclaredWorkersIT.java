package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Health and metrics name workers that left something behind, and no others. */
class UndeclaredWorkersIT {

    private static Worker worker(String name) {
        return new Worker() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> types() {
                return Set.of("lamp.lit");
            }

            @Override
            public Future<WorkResult> work(EventDelivery delivery) {
                return Future.succeededFuture(WorkResult.done());
            }
        };
    }

    private static String row(String worker, String state) {
        return "insert into inbox (worker, event, type, subject, state, attempts, node, due_at) values ('" + worker
                + "', gen_random_uuid(), 'lamp.lit', 'lamp:1', '" + state + "', 1, 'a', now())";
    }

    @Test
    void namesWhatIsLeft() {
        try (var database = TestDatabase.fresh("work")) {
            // Given
            List.of("waiting", "running", "done", "discarded").forEach(state -> {
                database.execute(row("left", state));
                database.execute(row("present", state));
            });
            List.of("done", "discarded").forEach(state -> database.execute(row("finished", state)));
            database.execute(
                    "insert into dead_letter (id, worker, event, type, subject, state, attempts, first_at, last_at)"
                            + " values (gen_random_uuid(), 'left', gen_random_uuid(), 't', 's', 'open', '[]', now(), now()),"
                            + " (gen_random_uuid(), 'finished', gen_random_uuid(), 't', 's', 'discarded', '[]', now(), now())");
            database.execute(
                    "insert into relay_checkpoint (worker, position, epoch) values ('queue', 7, 1), ('present', 7, 1)");
            var meters = new SimpleMeterRegistry();
            var check = new UndeclaredWorkers(database.pool(), List.of(worker("present")), meters);

            // When
            Waiting.on(check.check());

            // Then
            assertThat(check.detail())
                    .hasValueSatisfying(detail -> assertThat(detail).endsWith(": left, queue"));
            assertThat(meters.get("skelly.work.undeclared").gauges())
                    .extracting(gauge -> gauge.getId().getTag("worker") + " " + (long) gauge.value())
                    .containsExactlyInAnyOrder("left 3", "queue 0");
        }
    }

    @Test
    void saysNothingWhenNothingIsLeft() {
        try (var database = TestDatabase.fresh("work")) {
            // Given
            database.execute(row("present", "waiting"));
            var check = new UndeclaredWorkers(database.pool(), List.of(worker("present")), new SimpleMeterRegistry());

            // When
            Waiting.on(check.check());

            // Then
            assertThat(check.detail()).isEmpty();
        }
    }
}
