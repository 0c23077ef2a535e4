package dev.skelly.features.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skelly.event.ReplayMark;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Replays to workers: dry run, run, and what is refused. */
class ReplaysIT extends TallyFixture {

    private static ReplayRequest to(@Nullable String worker, @Nullable Long from, @Nullable String subject) {
        return new ReplayRequest(worker, null, from, null, null, subject, null);
    }

    @Test
    void theDryRunShowsTheCommandsAndTheRunSendsThemMarked() {
        // Given
        add("a", 1, 2);
        add("b", 3);
        sequence();

        // When
        var checked = ended(got(admin().start(to("tally-echo", 2L, null), false, OPERATOR)));

        // Then
        assertThat(checked.state()).isEqualTo(Replay.CHECKED);
        assertThat(checked.events()).isEqualTo(2);
        assertThat(checked.report().at("/commands/Add").asInt()).isEqualTo(2);
        assertThat(checked.report().at("/sample/0/commands/0/values").toString())
                .isEqualTo("{\"by\":2,\"counter\":\"echo\"}");
        assertThat(skelly.texts("select count(*) from event")).containsExactly("3");

        // When
        var done = ended(got(admin().run(checked.id(), OPERATOR)));

        // Then
        assertThat(done.state()).isEqualTo(Replay.DONE);
        assertThat(done.events()).isEqualTo(2);
        assertThat(skelly.texts("select data->>'by' from event where subject = 'tally:echo' order by seq"))
                .containsExactly("2", "3");
        assertThat(skelly.texts("select distinct correlation from event where subject = 'tally:echo'"))
                .containsExactly(done.id().toString());
        assertThat(ReplayMark.on(done.id())).isTrue();
        assertThat(tally.mails).hasValue(0);
        assertThat(skelly.texts("select act from audit order by 1"))
                .containsExactly("system.replay-checked", "system.replay-run");
    }

    @Test
    void aFilterChoosesTheEventsOfASubject() {
        add("a", 1, 2);
        add("b", 3);
        sequence();

        var checked = ended(got(admin().start(to("tally-echo", null, "tally:b"), false, OPERATOR)));

        assertThat(checked.events()).isEqualTo(1);
    }

    @Test
    void aWorkerThatMayNotRepeatIsNoTarget() {
        add("a", 1);
        sequence();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> got(admin().start(to("tally-mail", null, null), false, OPERATOR)))
                .withMessageContaining("may not repeat")
                .withMessageContaining("tally-echo")
                .extracting(Problem::code)
                .isEqualTo("not-replayable");
    }

    @Test
    void everyFaultIsNamed() {
        add("a", 1);
        sequence();
        var request = new ReplayRequest("tally-ecko", "tally-latest", 9L, 4L, List.of("tally.subtracted"), null, 0);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> got(admin().start(request, false, OPERATOR)))
                .extracting(problem ->
                        problem.faults().stream().map(FieldError::pointer).toList())
                .isEqualTo(List.of("#", "#/worker", "#/from", "#/to", "#/rate", "#/projection", "#/types"));
    }

    @Test
    void oneReplayGoesOnForEachTargetAndACancelledOneEnds() {
        // Given
        add("a", 1);
        sequence();
        var first = got(admin().start(to("tally-echo", null, null), false, OPERATOR));

        // When
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> got(admin().start(to("tally-echo", null, null), false, OPERATOR)))
                .extracting(Problem::code)
                .isEqualTo("replay-busy");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> got(admin().run(first.id(), OPERATOR)))
                .withMessageContaining("checking");
        var cancelled = got(admin().cancel(first.id(), OPERATOR));

        // Then
        assertThat(cancelled.state()).isEqualTo(Replay.CANCELLED);
        round();
        assertThat(got(admin().find(first.id())).events()).isZero();
        assertThat(tally.echoed).isEmpty();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> got(admin().cancel(new UUID(1, 1), OPERATOR)))
                .withMessageContaining("no such replay");
    }
}
