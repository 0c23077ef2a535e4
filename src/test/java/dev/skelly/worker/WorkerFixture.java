package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.MessageProof;
import dev.skelly.event.CommandContext;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogIdentity;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.deadletters.ListDeadLetters;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.TestQueue;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A database, a broker and a node with one worker. Blocks. */
final class WorkerFixture implements AutoCloseable {

    static final String WORKER = "lighter";
    static final Duration SOON = Duration.ofMillis(100);
    static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<EventDelivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    private final List<WorkerNode> nodes = new CopyOnWriteArrayList<>();
    private final TestDatabase database = TestDatabase.fresh("work", "audit");
    private final TestBroker broker = TestBroker.start();
    private final MessageProof proof;

    WorkerFixture() {
        database.execute(LampFeature.TABLE);
        proof = new MessageProof(Waiting.on(LogIdentity.load(database.pool())).cursorKey());
    }

    /** Starts a node; what its worker is handed is noted in {@link #deliveries}. */
    WorkerNode start(boolean dispatching, WorkerConfig config, Function<EventDelivery, Future<WorkResult>> work) {
        return node(dispatching, config, false, work).start();
    }

    /** A node that is not started yet; what its worker is handed is noted in {@link #deliveries}. */
    WorkerNode node(
            boolean dispatching,
            WorkerConfig config,
            boolean commandsOnly,
            Function<EventDelivery, Future<WorkResult>> work) {
        var worker = LampFeature.worker(WORKER, commandsOnly, delivery -> {
            deliveries.add(delivery);
            return work.apply(delivery);
        });
        return node("a", dispatching, config, worker);
    }

    /** Starts a node with this worker. */
    @CanIgnoreReturnValue // many a test only wants it to run
    WorkerNode start(String name, boolean dispatching, WorkerConfig config, Worker worker) {
        return node(name, dispatching, config, worker).start();
    }

    private WorkerNode node(String name, boolean dispatching, WorkerConfig config, Worker worker) {
        var node = new WorkerNode(name, database, broker.address(), config, List.of(worker), dispatching);
        nodes.add(node);
        return node;
    }

    List<EventDelivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    /** How many deliveries there were. */
    int handled() {
        return deliveries.size();
    }

    TestDatabase database() {
        return database;
    }

    TestBroker broker() {
        return broker;
    }

    /** The message as the relay sends it, but without what lets the broker drop a repetition. */
    AmqpMessage delivered(StoredEvent event) {
        var message = CloudEventMessage.write(event, WORKER, proof);
        var attributes = message.unwrap().getApplicationProperties().getValue();
        assertThat(attributes.remove("_AMQ_DUPL_ID")).isNotNull();
        return message;
    }

    /** The proof of the relay. */
    MessageProof proof() {
        return proof;
    }

    TestQueue queue(String name) {
        return new TestQueue(database.vertx(), broker.address(), name);
    }

    /** Newest first. */
    List<DeadLetter> deadLetters() {
        return Waiting.on(nodes.get(0).runner().ask(new ListDeadLetters(WORKER, null, 10, null)))
                .items();
    }

    static CommandContext cause() {
        return CommandContext.fresh(UUID.randomUUID());
    }

    /** How many events the worker is done with. */
    long done() {
        return number("select (select count(*) from work_done) + (select count(*) from inbox where state = 'done')");
    }

    /** How many effects there are. */
    long effects() {
        return number("select count(*) from effect");
    }

    void execute(String statement) {
        database.execute(statement);
    }

    long number(String query) {
        return Waiting.on(database.pool()
                .query(query)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    @Override
    public void close() {
        nodes.forEach(WorkerNode::close);
        broker.close();
        database.close();
    }
}
