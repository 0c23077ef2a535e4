package dev.skelly;

import dev.skelly.node.Node;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the bus of a node forget some of what Skelly says there without being asked: hints, live batches, interests. */
public final class LossyBus {

    private final Random random;
    private final double share;
    private final AtomicLong lost = new AtomicLong();

    /** Loses {@code share} of the messages. */
    public LossyBus(double share, long seed) {
        this.share = share;
        this.random = new Random(seed);
    }

    /** From now on this node's bus loses what it receives. */
    public void install(Node node) {
        node.vertx().eventBus().addInboundInterceptor(this::deliver);
    }

    private void deliver(DeliveryContext<Object> delivery) {
        var address = delivery.message().address();
        var hint = address.startsWith("skelly.") && !address.startsWith("skelly.persistence");
        if (hint && dice() < share) {
            lost.incrementAndGet();
        } else {
            delivery.next();
        }
    }

    private synchronized double dice() {
        return random.nextDouble();
    }

    /** How many messages were lost. */
    public long lost() {
        return lost.get();
    }
}
