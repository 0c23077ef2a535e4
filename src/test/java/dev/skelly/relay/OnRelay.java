package dev.skelly.relay;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.TestQueue;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database, a broker and the nodes of one test, whose relays hand lamps that are lit to one worker. */
abstract class OnRelay {

    private static final Worker LIGHTER = new Worker() {
        @Override
        public String name() {
            return "lighter";
        }

        @Override
        public Set<String> types() {
            return Set.of("lamp.lit");
        }

        @Override
        public Future<WorkResult> work(EventDelivery delivery) {
            return Future.succeededFuture(WorkResult.done());
        }
    };

    private final List<RelayNode> nodes = new ArrayList<>();
    TestDatabase database;
    TestBroker broker;
    Lamps lamps;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh("work");
        broker = TestBroker.start();
        lamps = new Lamps(database.pool(), LampEvent.eventTypes(), seq -> {});
    }

    @AfterEach
    void close() {
        nodes.forEach(RelayNode::close);
        broker.close();
        database.close();
    }

    RelayNode node(String name) {
        var node = new RelayNode(name, database, broker.address(), RelayConfig.DEFAULT, List.of(LIGHTER));
        nodes.add(node);
        return node;
    }

    TestQueue queue() {
        return new TestQueue(database.vertx(), broker.address(), CloudEventMessage.queue(LIGHTER.name()));
    }

    long checkpoint() {
        return Waiting.on(database.pool()
                .query("select coalesce(min(position), -1) from relay_checkpoint")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }
}
