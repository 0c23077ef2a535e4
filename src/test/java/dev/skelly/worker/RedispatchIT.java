package dev.skelly.worker;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.skelly.event.Event;
import dev.skelly.feature.Command;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.WorkAdmin;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.features.deadletters.DeadLettersFeature;
import dev.skelly.testing.LampEvent;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator's request counts, refuses and leaves for the relay. */
class RedispatchIT {

    private static final int EVENTS = 6;

    private record Light(String lamp) implements Command<Void> {}

    private record Lighting() implements Feature {

        @Override
        public String name() {
            return "lighting";
        }

        @Override
        public List<Class<? extends Event>> events() {
            return List.of(LampEvent.class);
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command(
                    "lighting.light", Light.class, (tx, command) -> tx.append(new LampEvent.Lit(command.lamp(), 40)));
            registry.workers(LampFeature.worker("lighter", LampFeature::noted));
        }
    }

    private FeatureFixture house;
    private WorkAdmin work;

    @BeforeEach
    void open() {
        house = new FeatureFixture(
                TestDatabase.fresh("work", "audit"),
                new MovableClock(Instant.parse("2026-11-23T12:00:00Z")),
                new AuditFeature(),
                new Lighting(),
                new DeadLettersFeature(() -> house().features()));
        work = house.service(WorkAdmin.class);
        for (var lamp = 0; lamp < EVENTS; lamp++) {
            await(house.send(new Light(Integer.toString(lamp))));
        }
        assertThat(house.log()).hasSize(EVENTS);
        house.execute("insert into relay_checkpoint values ('lighter', 5, 1)");
        house.execute("insert into handover (worker, confirmed) values ('lighter', 2)");
        house.execute("""
                insert into inbox (worker, event, type, subject, state, attempts, node, due_at)
                select 'lighter', id, type, subject, 'done', 1, 'n', now() from event where position in (1, 4)
                """);
    }

    private FeatureFixture house() {
        return house;
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void countsWhatTheWorkerHasNotTakenAndLeavesTheRequest() {
        // When
        var answers = await(work.redispatch(null, null));

        // Then
        assertThat(answers).containsExactly(new WorkAdmin.RedispatchRequest("lighter", 3, 5, 2));
        assertThat(house.texts("select again_from::text from handover where again is not null"))
                .containsExactly("3");
        assertThat(
                        house.texts(
                                "select address || ' ' || (after->>'events') from audit where act = 'system.work-redispatched'"))
                .containsExactly("command-line 2");
    }

    @Test
    void handsNothingOverThatIsConfirmed() {
        // When
        var answers = await(work.redispatch("lighter", 1L));

        // Then
        assertThat(answers).containsExactly(new WorkAdmin.RedispatchRequest("lighter", 3, 5, 2));
    }

    @Test
    void leavesNoRequestWhereNothingIsMissing() {
        // When
        var answers = await(work.redispatch("lighter", 6L));

        // Then
        assertThat(answers).containsExactly(new WorkAdmin.RedispatchRequest("lighter", 6, 5, 0));
        assertThat(house.texts("select again::text from handover where again is not null"))
                .isEmpty();
    }

    @Test
    void reportsEveryFaultAtOnce() {
        // When
        var problem = catchThrowableOfType(Problem.class, () -> await(work.redispatch("absent", -7L)));

        // Then
        assertThat(problem.faults())
                .extracting(FieldError::pointer, FieldError::detail)
                .containsExactly(
                        tuple("--worker", "absent (expected: one of lighter)"),
                        tuple("--from", "-7 (expected: a position of the log, 1 to 6)"));
    }
}
