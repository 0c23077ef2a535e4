package dev.skelly.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.CommitResult;
import dev.skelly.eventlog.FieldSealing;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Feature;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Query;
import dev.skelly.feature.Response;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.mail.MailSender;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Runs features in tests: over a real database, with an in-memory bus. Commands run where they are sent, routes are called as functions, and
 * {@link #deliver()} hands events to the workers.
 *
 * <pre>{@code
 * try (var skelly = FeatureFixture.of(new OrdersFeature())) {
 *     // Given
 *     await(skelly.send(new PlaceOrder(id, "lamp")));
 *     // When
 *     skelly.deliver();
 *     // Then
 *     assertEquals(List.of("orders.placed"), skelly.texts("select type from event"));
 * }
 * }</pre>
 *
 * <p>A running node does more: it checks who may call a route and the schema of its body, limits rates, repeats workers, and publishes events.
 * Not thread-safe; its methods block unless they return a future.
 */
public final class FeatureFixture implements CommandBus, AutoCloseable {

    private static final long ANSWER_SECONDS_MAX = 30;

    private final TestDatabase database;
    private final JsonMapper json = Json.mapper();
    private final Clock clock;
    private final List<InstalledFeature> features;
    private final EventTypeRegistry eventTypes;
    private final CommandExecutor runner;
    private long delivered;

    /**
     * Installs features over a new database, with the tables of the log, of the audit log and of these features, and the defaults of their
     * settings. Close it after the test.
     *
     * @throws IllegalArgumentException listing the errors of the event types
     */
    public static FeatureFixture of(Feature... features) {
        var folders = Stream.concat(Stream.of("audit"), Stream.of(features).map(Feature::name))
                .distinct();
        return new FeatureFixture(TestDatabase.fresh(folders.toArray(String[]::new)), Clock.systemUTC(), features);
    }

    /** Installs features over a database, which is closed with this; for tests that choose the time. */
    public FeatureFixture(TestDatabase database, Clock clock, Feature... features) {
        this(database, clock, FieldSealing.NONE, letter -> Future.failedFuture("this test sends no mail"), features);
    }

    /** Installs features with events that have sensitive fields, and with mail. */
    public FeatureFixture(
            TestDatabase database, Clock clock, FieldSealing sealing, MailSender mail, Feature... features) {
        this.database = database;
        this.clock = clock;
        this.eventTypes = FeatureTypes.of(features);
        this.features = TestPlatform.over(this, database)
                .at(clock)
                .types(eventTypes)
                .mail(mail)
                .install(features);
        var log = TestLog.open(database, eventTypes, clock, sealing, this.features);
        this.runner = new CommandExecutor(new CommandRegistry(this.features), log, database.pool());
    }

    /** Executes a command that belongs to no request. */
    public <R> Future<CommandResult<R>> send(Command<R> command) {
        return send(command, CommandContext.fresh(UuidCreator.getTimeOrderedEpoch()));
    }

    @Override
    public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
        return runner.transact(command, cause).map(FeatureFixture::done);
    }

    private static <R> CommandResult<R> done(CommitResult<R> committed) {
        var write = committed.lastWrite();
        return new CommandResult<>(committed.value(), write.isPresent() ? "write-" + write.getAsLong() : null);
    }

    @Override
    public <R> Future<R> query(Query<R> query) {
        return runner.ask(query);
    }

    /** Returns the installed features. */
    public List<InstalledFeature> features() {
        return features;
    }

    /**
     * Hands every event that was written since the last time to the workers, and executes the commands of their results; then the events of
     * these commands, until none is new.
     *
     * @throws AssertionError when a worker does not succeed
     */
    public void deliver() {
        var news = await(database.pool()
                .preparedQuery(
                        "select seq, id, type, subject, time, data::text, actor from event where seq > $1 order by seq")
                .execute(Tuple.of(delivered)));
        for (var row : news) {
            delivered = row.getLong("seq");
            deliver(delivery(row));
        }
        if (news.size() > 0) {
            deliver();
        }
    }

    /**
     * Hands an event of another feature to the workers, and executes the commands of their results.
     *
     * @throws AssertionError when a worker does not succeed
     */
    public void deliver(Event event) {
        var type = EventTypeRegistry.of(Map.of("/skelly/test", List.of(event.getClass())))
                .typeOf(event);
        deliver(new EventDelivery(
                UuidCreator.getTimeOrderedEpoch(),
                type.name(),
                event.subject(),
                clock.instant(),
                1,
                event,
                json.valueToTree(event).toString()));
    }

    /**
     * Hands an event of a type without a Java record, such as one declared in YAML, to the workers.
     *
     * @param data JSON text
     * @throws AssertionError when a worker does not succeed
     */
    public void deliver(String type, String subject, String data) {
        deliver(new EventDelivery(UuidCreator.getTimeOrderedEpoch(), type, subject, clock.instant(), 1, null, data));
    }

    private EventDelivery delivery(Row row) {
        var type = eventTypes.named(row.getString("type")).orElseThrow();
        var data = row.getString("data");
        return new EventDelivery(
                row.getUUID("id"),
                type.name(),
                row.getString("subject"),
                row.getOffsetDateTime("time").toInstant(),
                1,
                type.shape() == null ? null : (Event) read(data, type.shape()),
                data,
                row.getUUID("actor"));
    }

    private void deliver(EventDelivery delivery) {
        features.stream()
                .flatMap(feature -> feature.workers().stream())
                .filter(worker -> worker.reactsTo(delivery.type()))
                .forEach(worker -> deliver(worker, delivery));
    }

    private void deliver(Worker worker, EventDelivery delivery) {
        var result = await(worker.work(delivery));
        if (!(result instanceof WorkResult.Done done)) {
            throw new AssertionError(worker.name() + " is not done with " + delivery.type() + ": " + result);
        }
        done.commands().forEach(command -> await(send(command, CommandContext.fresh(delivery.id()))));
    }

    /** Returns every event type of the features. */
    public EventTypeRegistry eventTypes() {
        return eventTypes;
    }

    /**
     * Calls the endpoint of a route.
     *
     * @param pattern the route's path as the feature declares it, e.g. {@code /api/orders/{id}}
     * @throws java.util.NoSuchElementException when no feature has this route
     */
    public Future<Response> call(String method, String pattern, TestRequest request) {
        var route = features.stream()
                .flatMap(feature -> feature.routes().stream())
                .filter(candidate ->
                        candidate.method().equals(method) && candidate.path().equals(pattern))
                .findFirst()
                .orElseThrow();
        return Future.succeededFuture(request).compose(route.endpoint()::answer);
    }

    /** Returns a response's body as a client reads it. */
    public Map<String, Object> body(Response reply) {
        try {
            return json.readValue(
                    json.writeValueAsBytes(reply.body()),
                    json.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object read(String data, Class<?> shape) {
        try {
            return json.readValue(data, shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the rows of a query, each as the text of its first column. */
    public List<String> texts(String select) {
        return await(database.pool().query(select).execute()).stream()
                .map((Row row) -> String.valueOf(row.getValue(0)))
                .toList();
    }

    /** Returns a service that a feature registers for the command line. */
    public <T> T service(Class<T> type) {
        return type.cast(features.stream()
                .flatMap(feature -> Optional.ofNullable(feature.services().get(type)).stream())
                .findFirst()
                .orElseThrow()
                .get());
    }

    /** Executes a statement. */
    public void execute(String statement) {
        database.execute(statement);
    }

    /** Returns every event in the log, with positions as from the relay, oldest first; at most 1000. */
    public List<StoredEvent> log() {
        database.execute("select count(*) from stamp_events(0, 0, 10000, 100000000)");
        return await(new LogReader(database.pool()).page(0, null, null, 1_000)).events();
    }

    /** Returns the types of a person's events, in the order in which they were written. */
    public List<String> events(UUID account) {
        return texts("select type from event where subject = 'user:" + account + "' order by subject_version");
    }

    /**
     * Waits for a future for at most 30 seconds, and throws what it fails with, such as a {@link dev.skelly.feature.Problem}.
     *
     * @throws AssertionError when it is not complete by then
     */
    @CanIgnoreReturnValue
    public static <T> T await(Future<T> answer) {
        try {
            return answer.await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer in time", e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
