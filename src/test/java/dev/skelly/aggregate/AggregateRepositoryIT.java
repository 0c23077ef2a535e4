package dev.skelly.aggregate;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.EventLog;
import dev.skelly.feature.Problem;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decisions on the same subject, snapshots, and earlier states, over a real database. */
class AggregateRepositoryIT {

    @Channels("role:admin")
    sealed interface MeterEvent extends Event {

        @Override
        default String subject() {
            return "meter:hall";
        }

        @Override
        default Audience audience() {
            return Audience.of("role:admin");
        }

        @EventName("meter.turned")
        @Description("The meter went on.")
        record Turned(int by) implements MeterEvent {}
    }

    record Reading(long total, int turns) {}

    private record Meter(int format) implements Aggregate<Reading, MeterEvent> {

        @Override
        public String name() {
            return "meter";
        }

        @Override
        public Class<MeterEvent> events() {
            return MeterEvent.class;
        }

        @Override
        public Reading initial() {
            return new Reading(0, 0);
        }

        @Override
        public Reading evolve(Reading reading, MeterEvent event) {
            var by = ((MeterEvent.Turned) event).by();
            return new Reading(reading.total() + by, reading.turns() + 1);
        }

        @Override
        public Optional<SnapshotFormat<Reading>> snapshots() {
            return Optional.of(new SnapshotFormat<>(Reading.class, format, 10));
        }
    }

    private static final String HALL = "hall";

    private final TestDatabase database = TestDatabase.fresh();
    private final EventTypeRegistry types = EventTypeRegistry.of(Map.of("/skelly/test", List.of(MeterEvent.class)));
    private final EventLog log = new EventLog(
            database.pool(), types, Json.mapper(), Clock.systemUTC(), UuidCreator::getTimeOrderedEpoch, write -> {});
    private final AggregateRepository<Reading, MeterEvent> meters = repository(1);

    private AggregateRepository<Reading, MeterEvent> repository(int format) {
        return new AggregateRepository<>(new Meter(format), types, Json.mapper());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Future<Decided<Reading>> decide(OptionalLong expected, AggregateDecision<Reading, MeterEvent> decision) {
        return log.transact(
                        CommandContext.fresh(UuidCreator.getTimeOrderedEpoch()),
                        tx -> meters.decide(tx, HALL, expected, decision))
                .map(committed -> committed.value());
    }

    private Future<Decided<Reading>> turn(int by) {
        return decide(OptionalLong.empty(), reading -> List.of(new MeterEvent.Turned(by)));
    }

    private Versioned<Reading> load() {
        return await(meters.load(database.pool(), HALL));
    }

    private List<Object> rows(String select) {
        return await(database.pool().query(select).execute()).stream()
                .map(row -> row.getValue(0))
                .toList();
    }

    private void turns(int number) {
        for (var i = 1; i <= number; i++) {
            await(turn(i));
        }
    }

    @Test
    void nothingIsTheInitialState() {
        assertThat(load()).isEqualTo(new Versioned<>(0, new Reading(0, 0)));
        assertThat(load().exists()).isFalse();
    }

    @Test
    void decisionsAreMadeOneAfterAnother() {
        await(turn(1)); // The first one creates the subject.
        var made = new ArrayList<Future<Decided<Reading>>>();
        for (var i = 0; i < 30; i++) {
            made.add(decide(
                    OptionalLong.empty(),
                    reading -> reading.total() < 20 ? List.of(new MeterEvent.Turned(2)) : List.of()));
        }
        await(Future.join(made));

        assertThat(load()).isEqualTo(new Versioned<>(11, new Reading(21, 11)));
        assertThat(made.stream().filter(decided -> decided.result().changed())).hasSize(10);
    }

    @Test
    void ofTwoThatCreateASubjectOneIsRefused() {
        var made = new ArrayList<Future<Decided<Reading>>>();
        for (var i = 0; i < 8; i++) {
            made.add(turn(1));
        }
        await(Future.join(made).otherwiseEmpty());

        var succeeded = made.stream().filter(Future::succeeded).count();
        assertThat(succeeded).isPositive();
        assertThat(load().version()).isEqualTo(succeeded);
    }

    @Test
    void anotherVersionThanTheExpectedOneIsRefusedAndNamed() {
        turns(3);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> await(decide(OptionalLong.of(2), reading -> List.of(new MeterEvent.Turned(1)))))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("stale-version"))
                .withMessageContaining("meter:hall is at version 3 (expected: 2)");
        assertThat(load().version()).isEqualTo(3);
        assertThat(await(decide(OptionalLong.of(3), reading -> List.of(new MeterEvent.Turned(1))))
                        .changed())
                .isTrue();
    }

    @Test
    void refusedDecisionLeavesNothing() {
        turns(1);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> await(decide(OptionalLong.empty(), reading -> {
                    throw Problem.conflict("full", "it is full");
                })));
        assertThat(rows("select version from subject_head")).isEqualTo(List.of(1L));
    }

    @Test
    void snapshotsSaveReadingAndChangeNothing() {
        turns(25);

        assertThat(rows("select version from aggregate_snapshot")).isEqualTo(List.of(20L));
        var whole = load();
        database.execute("update event set data = '{\"by\": 1000}' where subject_version <= 20");
        assertThat(load()).as("the first twenty are not read").isEqualTo(whole);
        database.execute("update event set data = jsonb_build_object('by', subject_version)");
        database.execute("delete from aggregate_snapshot");
        assertThat(load()).isEqualTo(whole);
        await(turn(26));
        assertThat(load().state().turns()).isEqualTo(26);
    }

    @Test
    void severalEventsAtOnceMakeOneSnapshot() {
        await(decide(OptionalLong.empty(), reading -> Collections.nCopies(35, new MeterEvent.Turned(1))));

        assertThat(rows("select version from aggregate_snapshot")).isEqualTo(List.of(35L));
        assertThat(load()).isEqualTo(new Versioned<>(35, new Reading(35, 35)));
    }

    @Test
    void snapshotsOfAnotherFoldAreIgnored() {
        turns(12);
        database.execute("update aggregate_snapshot set state = '{\"total\": 999, \"turns\": 999}'");
        assertThat(load().state().total()).as("this one is used").isGreaterThan(900);

        assertThat(await(repository(2).load(database.pool(), HALL)).state()).isEqualTo(new Reading(78, 12));
        database.execute("update aggregate_snapshot set state = '[1]'");
        assertThat(load().state()).isEqualTo(new Reading(78, 12));
    }

    @Test
    void readsEventsBeforeAndAfterTheyAreSequenced() {
        turns(4);
        database.execute("select count(*) from stamp_events(0, 0, 2, 100000000)");
        assertThat(rows("select count(*) from event where position is not null"))
                .isEqualTo(List.of(2L));

        assertThat(load()).isEqualTo(new Versioned<>(4, new Reading(10, 4)));
    }

    @Test
    void showsAnEarlierState() {
        turns(15);
        database.execute("select count(*) from stamp_events(0, 0, 100, 100000000)");

        var then = await(meters.load(database.pool(), HALL, event -> event.position() <= 5));

        assertThat(then).isEqualTo(new Versioned<>(5, new Reading(15, 5)));
    }

    @Test
    void anEventOfAnotherFamilyIsNamed() {
        turns(1);
        database.execute("update event set type = 'meter.lost'");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> load())
                .withMessageContaining("meter.lost of meter:hall version 1");
    }
}
