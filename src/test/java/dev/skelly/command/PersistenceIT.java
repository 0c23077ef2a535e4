package dev.skelly.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.bus.MessageBus;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Command;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and queries over the bus, both by reference and as JSON. */
class PersistenceIT {

    private static final int UNDERWAY_MAX = 4;

    record Light(String lamp, int watts) implements Command<Lit> {}

    record Lit(String lamp, UUID by) {}

    record Break(String how) implements Command<Void> {}

    record Hold() implements Command<Void> {}

    record CountEvents() implements Query<Count> {}

    record Count(long events) {}

    private final Promise<Void> release = Promise.promise();
    private final AtomicInteger runs = new AtomicInteger();
    private final UUID actor = UUID.randomUUID();
    private final CommandContext cause = new CommandContext(UUID.randomUUID(), null, actor, null);
    private TestDatabase database;
    private Vertx vertx;
    private CursorCodec cursors;
    private CommandRegistry bindings;
    private MessageBus bus;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        vertx = Vertx.vertx();
        cursors = Waiting.on(CursorCodec.load(database.pool()));
        bindings = TestPlatform.alone().registry(new Lamps());
        bus = new MessageBus(vertx, Json.mapper());
        bus.allow(ClusterCommandBus.records());
        var log = new EventLog(
                database.pool(),
                LampEvent.eventTypes(),
                Json.mapper(),
                Clock.systemUTC(),
                UuidCreator::getTimeOrderedEpoch,
                new AppendNotifier(vertx, bus)::appended);
        var runner = new CommandExecutor(bindings, log, database.pool());
        Waiting.on(vertx.deployVerticle(new CommandServer(
                bus,
                bindings,
                runner,
                () -> cursors,
                Json.mapper(),
                UuidCreator::getTimeOrderedEpoch,
                UNDERWAY_MAX,
                new AtomicInteger())));
    }

    @AfterEach
    void stop() {
        release.tryComplete();
        Waiting.on(vertx.close());
        database.close();
    }

    private ClusterCommandBus commands(boolean local) {
        return commands(local, Duration.ofSeconds(10));
    }

    private ClusterCommandBus commands(boolean local, Duration answerMax) {
        return new ClusterCommandBus(bus, () -> bindings, Json.mapper(), local, answerMax);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersACommandAfterItsCommitWithTheCursorOfItsWrite(boolean local) {
        var done = Waiting.on(commands(local).send(new Light("1", 40), cause));

        assertThat(done.result()).isEqualTo(new Lit("1", actor));
        assertThat(cursors.read(String.valueOf(done.position()))).contains(new Cursor.Write(1));
        assertThat(Waiting.on(commands(local).query(new CountEvents()))).isEqualTo(new Count(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void carriesARefusalAsItIs(boolean local) {
        var refusal = (Problem) Waiting.failure(commands(local).send(new Break("refuse"), cause));

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(refusal.faults()).hasSize(1);
        assertThat(refusal.faults().get(0).pointer()).isEqualTo("#/lamp");
        assertThat(Waiting.on(commands(local).query(new CountEvents()))).isEqualTo(new Count(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsABugApartFromARefusalAndKeepsItsCauseToItself(boolean local) {
        var failure = Waiting.failure(commands(local).send(new Break("throw"), cause));

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessageNotContaining("secret detail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53300", "57014", "55P03"})
    void answersUnavailableWhenTheDatabaseIs(String state) {
        // One of these states (57P01) is answered by the bound on answers alone, so that is short here.
        var refusal =
                (Problem) Waiting.failure(commands(true, Duration.ofSeconds(2)).send(new Break(state), cause));

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(refusal.retryAfter()).isPositive();
        assertThat(runs).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void runsALostTransactionAgainAFewTimes(String state) {
        var refusal = (Problem) Waiting.failure(commands(true).send(new Break(state), cause));

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(runs).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAtOnceWhatIsBeyondTheBound(boolean local) {
        // Given
        var held = IntStream.range(0, UNDERWAY_MAX)
                .mapToObj(each -> commands(local).send(new Hold(), cause))
                .toList();

        // When
        var refusal = (Problem) Waiting.failure(commands(local).send(new Light("1", 40), cause));

        // Then
        assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        release.complete();
        Waiting.on(Future.all(held));
        Waiting.on(commands(local).send(new Light("1", 40), cause));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersUnavailableWhenNobodyHasTheRole(boolean local) {
        Waiting.on(
                Future.all(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()));

        var refusal = (Problem) Waiting.failure(commands(local).send(new Light("1", 40), cause));

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(Waiting.on(new LogReader(database.pool()).head())).isZero();
    }

    private final class Lamps implements Feature {

        @Override
        public String name() {
            return "lamps";
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command("lamps.light", Light.class, Lit.class, this::light);
            registry.command("lamps.break", Break.class, this::fail);
            registry.command("lamps.hold", Hold.class, (tx, hold) -> release.future());
            registry.query("lamps.count-events", CountEvents.class, Count.class, this::count);
        }

        private Future<Lit> light(Tx tx, Light light) {
            var by = Objects.requireNonNull(tx.cause().actor());
            return tx.append(new LampEvent.Lit(light.lamp(), light.watts())).map(new Lit(light.lamp(), by));
        }

        private Future<Void> fail(Tx tx, Break command) {
            runs.incrementAndGet();
            return switch (command.how()) {
                case "refuse" ->
                    tx.append(new LampEvent.Lit("1", 40))
                            .compose(done -> Future.failedFuture(Problem.invalid("#/lamp", "format", "another lamp")));
                case "throw" -> throw new IllegalStateException("secret detail");
                default ->
                    tx.sql()
                            .query("do $$ begin raise exception 'planted' using errcode = '" + command.how()
                                    + "'; end $$")
                            .execute()
                            .mapEmpty();
            };
        }

        private Future<Count> count(SqlClient sql, CountEvents query) {
            return sql.query("select count(*) from event")
                    .execute()
                    .map(rows -> new Count(rows.iterator().next().getLong(0)));
        }
    }
}
