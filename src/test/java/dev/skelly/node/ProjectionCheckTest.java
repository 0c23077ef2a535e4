package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.projections.TallyFeature;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the start rejects about projections, such as an event type that was removed under one. */
class ProjectionCheckTest {

    private static final EventTypeRegistry TYPES =
            EventTypeRegistry.of(Map.of("/skelly/tally", List.of(TallyFeature.TallyEvent.class)));

    private record Rows(String name, Set<String> types, List<String> tables) implements Projection {

        @Override
        public ProjectionKind kind() {
            return ProjectionKind.INLINE;
        }

        @Override
        public Future<Void> apply(SqlClient sql, List<ProjectedEvent> events) {
            return Future.succeededFuture();
        }
    }

    private record Mailing(boolean replayable) implements Worker {

        @Override
        public String name() {
            return "mailing";
        }

        @Override
        public Set<String> types() {
            return Set.of("tally.added");
        }

        @Override
        public Future<WorkResult> work(EventDelivery delivery) {
            return Future.succeededFuture(WorkResult.done());
        }
    }

    @Test
    void everyFaultIsNamed() {
        var check = new ProjectionCheck(
                List.of(
                        new Rows("latest", Set.of("tally.removed"), List.of("tally_latest")),
                        new Rows("latest", Set.of("tally.added"), List.of("tally_latest", "tally; drop table event"))),
                List.of(new Mailing(true)));

        var fault = catchThrowableOfType(InvalidSettingsException.class, () -> check.check(TYPES));

        assertThat(fault.faults())
                .containsExactly(
                        "projection latest: unknown event type tally.removed (expected: a known type, perhaps tally.added)",
                        "projection latest: its name stands twice (expected: unique names)",
                        "projection latest: table tally_latest (expected: lower-case letters, digits and _, and one projection for each table)",
                        "projection latest: table tally; drop table event (expected: lower-case letters, digits and _, and one projection for each table)",
                        "worker mailing: replayable (expected: only if its commands are its only effects)");
    }

    @Test
    void soundOnesAreAccepted() {
        var check = new ProjectionCheck(
                List.of(new Rows("latest", Set.of("tally.added"), List.of("tally_latest"))),
                List.of(new Mailing(false)));

        check.check(TYPES);

        assertThat(check.checked(TYPES)).isNotNull();
    }
}
