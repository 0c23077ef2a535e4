package dev.skelly.features.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.JsonDifference;
import dev.skelly.feature.LogPoint;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Replay;
import dev.skelly.feature.ReplayRequest;
import org.junit.jupiter.api.Test;

/** Projections of each kind: in step, stopped, paused, rebuilt, compared, and as they were. */
class ProjectionsIT extends TallyFixture {

    private static final String LATEST =
            "select counter || ' ' || total || ' ' || version from tally_latest order by counter";
    private static final String SUM = "select total || ' ' || events from tally_sum";
    private static final String BYTES = "select md5(string_agg(t::text, ',' order by t::text)) from ";

    @Test
    void anInlineProjectionCommitsWithItsEventsOrRejectsThem() {
        // Given
        add("a", 1, 2);
        tally.poison = 7;

        // When
        assertThatIllegalStateException().isThrownBy(() -> add("a", 7)).withMessageContaining("cannot count 7");

        // Then
        assertThat(skelly.texts(LATEST)).containsExactly("a 3 2");
        assertThat(skelly.texts("select count(*) from event")).containsExactly("2");
    }

    @Test
    void anAsynchronousProjectionStopsBeforeAnEventThatItCannotApply() {
        // Given
        tally.poison = Integer.MIN_VALUE;
        add("a", 1, 2, 3);
        database.execute(
                "update event set data = jsonb_set(data, '{by}', '7') where seq = (select max(seq) from event)");
        add("a", 4);
        tally.poison = 7;

        // When
        var stopped = settled("tally-sum");

        // Then
        assertThat(stopped.state()).isEqualTo("stopped");
        assertThat(stopped.position()).isEqualTo(2);
        assertThat(stopped.error()).contains("tally-sum").contains("cannot count 7");
        assertThat(skelly.texts(SUM)).containsExactly("3 2");

        // When
        tally.poison = Integer.MIN_VALUE;
        got(admin().pause("tally-sum", false, OPERATOR));
        database.execute("update projection set error = null");

        // Then
        assertThat(settled("tally-sum").lag()).isZero();
        assertThat(skelly.texts(SUM)).containsExactly("14 4");
    }

    @Test
    void aPausedProjectionWaitsAndAnInlineOneCannotBePaused() {
        got(admin().pause("tally-sum", true, OPERATOR));
        add("a", 1);

        assertThat(settled("tally-sum").state()).isEqualTo("paused");
        assertThat(skelly.texts(SUM)).isEmpty();
        got(admin().pause("tally-sum", false, OPERATOR));
        assertThat(settled("tally-sum").lag()).isZero();
        assertThat(skelly.texts(SUM)).containsExactly("1 1");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> got(admin().pause("tally-latest", true, OPERATOR)))
                .withMessageContaining("inline");
        assertThat(skelly.texts("select act from audit order by 1"))
                .containsExactly("system.projection-paused", "system.projection-resumed");
    }

    @Test
    void aRebuiltProjectionEqualsTheLiveOneByteForByte() {
        // Given
        add("a", 1, 2);
        add("b", 3);
        settled("tally-sum");
        add("b", 5); // Not sequenced: the inline projection has it, the other one has not.
        var latest = skelly.texts(BYTES + "tally_latest t");
        var sum = skelly.texts(BYTES + "tally_sum t");
        var form = skelly.texts(FORM);

        // When
        assertThat(rebuild("tally-latest").state()).isEqualTo(Replay.DONE);
        assertThat(rebuild("tally-sum").state()).isEqualTo(Replay.DONE);

        // Then
        assertThat(skelly.texts(BYTES + "tally_latest t")).isEqualTo(latest);
        assertThat(skelly.texts(BYTES + "tally_sum t")).isEqualTo(sum);
        assertThat(skelly.texts(FORM)).isEqualTo(form);
        assertThat(skelly.texts("select nspname from pg_namespace where nspname like 'skelly_rebuild%'"))
                .isEmpty();
        add("b", 1);
        assertThat(skelly.texts(LATEST)).containsExactly("a 3 2", "b 9 3");
    }

    private static final String FORM = """
            select indexdef from pg_indexes where tablename like 'tally%' union all
            select conname || pg_get_constraintdef(oid) from pg_constraint where conrelid::regclass::text like 'tally%' union all
            select relname || coalesce(reloptions::text, '') from pg_class where relname like 'tally%' order by 1
            """;

    @Test
    void theDryRunOfAChangedProjectionShowsTheRowsThatWouldChange() {
        // Given
        add("a", 1);
        add("b", 0);
        settled("tally-sum");
        tally.factor = 10;

        // When
        var latest = ended(got(admin().start(dryRun("tally-latest"), false, OPERATOR)));
        var sum = ended(got(admin().start(dryRun("tally-sum"), false, OPERATOR)));

        // Then
        assertThat(latest.state()).isEqualTo(Replay.CHECKED);
        assertThat(latest.report().at("/tally_latest/changed").asInt()).isEqualTo(1);
        assertThat(latest.report().at("/tally_latest/added").asInt()).isZero();
        assertThat(latest.report().at("/tally_latest/rows").toString())
                .isEqualTo("[{\"key\":[\"a\"],\"present\":{\"total\":1,\"counter\":\"a\",\"version\":1},"
                        + "\"rebuilt\":{\"total\":10,\"counter\":\"a\",\"version\":1}}]");
        assertThat(sum.report().at("/tally_sum/rows/0/rebuilt/total").asLong()).isEqualTo(10);
        assertThat(skelly.texts(LATEST)).containsExactly("a 1 1", "b 0 1");
        assertThat(ended(got(admin().run(latest.id(), OPERATOR))).state()).isEqualTo(Replay.DONE);
        assertThat(skelly.texts(LATEST)).containsExactly("a 10 1", "b 0 1");
    }

    private static ReplayRequest dryRun(String projection) {
        return ReplayRequest.rebuild(projection);
    }

    @Test
    void aRebuildThatFailsLeavesTheProjectionAsItWas() {
        add("a", 1, 7);
        sequence();
        tally.poison = 7;

        var failed = rebuild("tally-latest");

        assertThat(failed.state()).isEqualTo(Replay.FAILED);
        assertThat(failed.error()).contains("cannot count 7");
        assertThat(skelly.texts(LATEST)).containsExactly("a 8 2");
        database.execute("create view tally_view as select * from tally_latest");
        assertThat(rebuild("tally-latest").error()).contains("has a trigger, a foreign key, a view");
    }

    @Test
    void aProjectionIsComputedForOneSubjectAsItWas() {
        // Given
        add("a", 1, 2, 3);
        add("b", 9);
        sequence();

        // When
        var then = rows("tally-latest", new LogPoint(2L, null));
        var now = rows("tally-latest", LogPoint.NOW);

        // Then
        assertThat(then.toString()).isEqualTo("{\"tally_latest\":[{\"total\":3,\"counter\":\"a\",\"version\":2}]}");
        assertThat(JsonDifference.between(then, now))
                .extracting(JsonDifference::pointer)
                .containsExactly("/tally_latest/0/total", "/tally_latest/0/version");
        assertThat(rows("tally-steps", LogPoint.NOW).at("/tally_steps/2/total").asInt())
                .isEqualTo(3);
        assertThat(skelly.texts("select count(*) from tally_steps")).containsExactly("0");
        assertThat(rows("tally-latest", new LogPoint(0L, null))
                        .at("/tally_latest")
                        .size())
                .isZero();
    }

    private JsonNode rows(String projection, LogPoint point) {
        return got(skelly.send(new ReadProjectionRows(projection, "tally:a", point)))
                .result()
                .tables();
    }

    @Test
    void aNewInlineProjectionIsBuiltFromWhatTheLogHoldsAlready() {
        add("a", 1, 2);
        sequence();
        database.execute("delete from projection; delete from tally_latest");

        register();
        var replay = got(admin().replays(10)).get(0);

        assertThat(ended(replay).state()).isEqualTo(Replay.DONE);
        assertThat(skelly.texts(LATEST)).containsExactly("a 3 2");
    }
}
