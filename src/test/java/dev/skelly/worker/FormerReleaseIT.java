package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.StoredEvent;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While nodes are upgraded one after the other, those of the release before work on the same queues with their own statements. */
class FormerReleaseIT {

    private static final String BEGIN = """
            insert into inbox as i (worker, event, type, subject, state, attempts, node, due_at)
            values ($1, $2, $3, $4, 'running', 1, $5, clock_timestamp() + $6::bigint * interval '1 millisecond')
            on conflict (worker, event) do update
            set due_at = excluded.due_at
            where i.state = 'running' and i.node = excluded.node
            returning attempts
            """;
    private static final String DONE = """
            update inbox
            set state = 'done', errors = '[]', due_at = clock_timestamp() + $4::bigint * interval '1 millisecond'
            where worker = $1 and event = $2 and attempts = $3 and state = 'running'
            """;

    private final WorkerFixture stage = new WorkerFixture();
    private StoredEvent event;

    @BeforeEach
    void stamp() {
        var log = stage.start(false, GroupStage.config(MINUTE), LampFeature::noted);
        event = log.stamped(new LampEvent.Lit("1", 40));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private int formerBegins() {
        return Waiting.on(stage.database()
                        .pool()
                        .preparedQuery(BEGIN)
                        .execute(Tuple.of(WORKER, event.id(), event.type(), event.subject(), "former/1", 15_000L)))
                .size();
    }

    private int formerIsDone() {
        return Waiting.on(stage.database().pool().preparedQuery(DONE).execute(Tuple.of(WORKER, event.id(), 1, 60_000L)))
                .rowCount();
    }

    private Set<UUID> groupRecords() {
        return Waiting.on(DoneTable.record(stage.database().pool(), WORKER, List.of(event)));
    }

    private Set<UUID> groupFinds() {
        return Waiting.on(GroupTable.fresh(stage.database().pool(), WORKER, List.of(event)));
    }

    @Test
    void doesNotBeginWhatAGroupHasDone() {
        assertThat(groupRecords()).containsExactly(event.id());
        assertThat(formerBegins()).isZero();
    }

    @Test
    void doesNotBeginWhatAGroupHasClaimed() {
        // Given
        var groups = new GroupTable("b/2", MINUTE);
        var id = UUID.randomUUID();
        assertThat(Waiting.on(groups.claim(stage.database().pool(), id, WORKER, List.of(event.id()))
                        .map(true)))
                .isTrue();

        // Then
        assertThat(formerBegins()).isZero();
        assertThat(Waiting.on(GroupTable.end(stage.database().pool(), id))).isTrue();
        assertThat(formerBegins()).isOne();
    }

    @Test
    void keepsGroupsFromWhatItHasBegunAndDone() {
        assertThat(formerBegins()).isOne();
        assertThat(groupRecords()).isEmpty();
        assertThat(groupFinds()).isEmpty();
        assertThat(formerIsDone()).isOne();
        assertThat(groupRecords()).isEmpty();
        assertThat(stage.number("select count(*) from work_done")).isOne();
    }

    /* The group looked before the former release began. */
    @Test
    void hasNoEffectAfterAGroupThatDidNotSeeIt() {
        assertThat(formerBegins()).isOne();
        stage.database()
                .execute("insert into work_done (worker, position) values (number_of_worker('" + WORKER + "'), "
                        + event.position() + ")");
        assertThat(formerIsDone()).isZero();
    }
}
