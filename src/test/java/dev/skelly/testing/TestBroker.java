package dev.skelly.testing;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.embedded.AmqpBroker;
import dev.skelly.embedded.DataFolder;
import dev.skelly.embedded.QueueContents;
import dev.skelly.testkit.TemporaryFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real broker of one test, over a folder of its own; can be stopped and started again on the same port. Blocks. */
public final class TestBroker implements AutoCloseable {

    private final Path path;
    private final DataFolder folder;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private AmqpBroker broker;
    private BrokerAddress address;

    private TestBroker() {
        path = TemporaryFolder.make("skelly-test-broker");
        folder = DataFolder.open(path);
        broker = new AmqpBroker(folder, 0, failures::add);
        address = broker.start();
    }

    /** A running broker without queues. */
    public static TestBroker start() {
        return new TestBroker();
    }

    /** Where it is, and who we are there; the same after a restart. */
    public BrokerAddress address() {
        return address;
    }

    /** Ends all connections and stops; the queues stay on disk. */
    public void stop() {
        broker.close();
    }

    /** Deletes its queues and messages after {@link #stop}. */
    public void lose() {
        TemporaryFolder.delete(path.resolve("broker"));
    }

    /** Starts again after {@link #stop}. */
    public void startAgain() {
        broker = new AmqpBroker(folder, address.port(), failures::add);
        address = broker.start();
    }

    /** How many messages a queue holds, those included that were delivered and are not settled; 0 for an absent queue. */
    public long messages(String queue) {
        return QueueContents.messages(broker, queue);
    }

    /** How many messages of a queue were delivered and are not settled. */
    public int delivering(String queue) {
        return QueueContents.delivering(broker, queue);
    }

    /** Why it could not go on, if so. */
    public List<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        broker.close();
        folder.close();
        TemporaryFolder.delete(path);
    }
}
