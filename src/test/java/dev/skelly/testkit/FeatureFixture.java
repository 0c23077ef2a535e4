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
import dev.skelly.eventlog.EventLog;
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
import dev.skelly.feature.Route;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.mail.MailSender;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Features over a real database, with nothing between: commands run where they are sent, routes are called as functions. For tests of a
 * feature by itself; blocks.
 */
public final class FeatureFixture implements CommandBus, AutoCloseable {

    private static final long ANSWER_SECONDS_MAX = 30;

    private final TestDatabase database;
    private final JsonMapper json = Json.mapper();
    private final List<InstalledFeature> features;
    private final EventTypeRegistry catalogue;
    private final CommandExecutor runner;
    private long delivered;

    /** Installs features over a database, which is closed with this. */
    public FeatureFixture(TestDatabase database, Clock clock, Feature... features) {
        this(database, clock, FieldSealing.NONE, letter -> Future.failedFuture("this test sends no mail"), features);
    }

    /** The same with events that have sensitive fields, and with mail. */
    public FeatureFixture(
            TestDatabase database, Clock clock, FieldSealing sealing, MailSender mail, Feature... features) {
        this.database = database;
        var families = new HashMap<String, Collection<Class<? extends Event>>>();
        Stream.of(features).forEach(feature -> families.put("/skelly/" + feature.name(), feature.events()));
        this.catalogue = EventTypeRegistry.of(families);
        this.features = TestPlatform.over(this, database)
                .at(clock)
                .types(catalogue)
                .mail(mail)
                .install(features);
        var log = new EventLog(
                database.pool(), catalogue, json, clock, UuidCreator::getTimeOrderedEpoch, sealing, write -> {});
        this.runner = new CommandExecutor(new CommandRegistry(this.features), log, database.pool());
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

    /** The installed features. */
    public List<InstalledFeature> features() {
        return features;
    }

    /**
     * Hands every event that was written since the last time to the workers of the features, until none is new; the effects are commands of
     * their own.
     */
    public void deliver() {
        var news = await(database.pool()
                .preparedQuery("select seq, id, type, subject, time, data::text from event where seq > $1 order by seq")
                .execute(Tuple.of(delivered)));
        for (var row : news) {
            delivered = row.getLong("seq");
            var delivery = delivery(row);
            features.stream()
                    .flatMap(feature -> feature.workers().stream())
                    .filter(worker -> worker.reactsTo(delivery.type()))
                    .forEach(worker -> deliver(worker, delivery));
        }
        if (news.size() > 0) {
            deliver();
        }
    }

    /** Every event type of the features. */
    public EventTypeRegistry catalogue() {
        return catalogue;
    }

    private EventDelivery delivery(Row row) {
        var type = catalogue.named(row.getString("type")).orElseThrow();
        try {
            return new EventDelivery(
                    row.getUUID("id"),
                    type.name(),
                    row.getString("subject"),
                    row.getOffsetDateTime("time").toInstant(),
                    1,
                    (Event) json.readValue(row.getString("data"), Objects.requireNonNull(type.shape())),
                    row.getString("data"));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deliver(Worker worker, EventDelivery delivery) {
        if (!(await(worker.work(delivery)) instanceof WorkResult.Done done)) {
            throw new AssertionError(worker.name() + " is not done with " + delivery.type());
        }
        done.commands().forEach(command -> await(send(command, CommandContext.fresh(delivery.id()))));
    }

    /** Calls the route of this method and path pattern. */
    public Future<Response> call(String method, String pattern, TestRequest request) {
        var route = features.stream()
                .flatMap(feature -> feature.routes().stream())
                .filter(candidate ->
                        candidate.method().equals(method) && candidate.path().equals(pattern))
                .findFirst()
                .orElseThrow();
        return answer(route, request);
    }

    private static Future<Response> answer(Route route, TestRequest request) {
        return Future.succeededFuture(request).compose(route.endpoint()::answer);
    }

    /** An answer's body as a client reads it. */
    public Map<String, Object> body(Response reply) {
        try {
            return json.readValue(
                    json.writeValueAsBytes(reply.body()),
                    json.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of a statement, each as its one JSON text column. */
    public List<String> texts(String select) {
        return await(database.pool().query(select).execute()).stream()
                .map((Row row) -> String.valueOf(row.getValue(0)))
                .toList();
    }

    /** A service that a feature registers for the command line. */
    public <T> T service(Class<T> type) {
        return type.cast(features.stream()
                .flatMap(feature -> Optional.ofNullable(feature.services().get(type)).stream())
                .findFirst()
                .orElseThrow()
                .get());
    }

    /** Runs a statement. */
    public void execute(String statement) {
        database.execute(statement);
    }

    /** Everything in the log, stamped as by the relay. */
    public List<StoredEvent> log() {
        database.execute("select count(*) from stamp_events(0, 0, 10000, 100000000)");
        return await(new LogReader(database.pool()).page(0, null, null, 1_000)).events();
    }

    /** Types of the subject's events, in the order in which they were written. */
    public List<String> events(UUID account) {
        return texts("select type from event where subject = 'user:" + account + "' order by subject_version");
    }

    /** Waits for an answer. */
    @CanIgnoreReturnValue
    public static <T> T await(Future<T> answer) {
        try {
            return answer.await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer in time", e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
