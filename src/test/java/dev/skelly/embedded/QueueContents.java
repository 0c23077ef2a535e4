package dev.skelly.embedded;

import org.apache.activemq.artemis.api.core.SimpleString;

/** Counts what a queue of an embedded broker holds. */
public final class QueueContents {

    private QueueContents() {}

    /** How many messages it holds, those included that were delivered and are not settled; 0 for an absent queue. */
    public static long messages(AmqpBroker broker, String queue) {
        var found = broker.server().locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getMessageCount();
    }

    /** How many messages were delivered and are not settled; 0 for an absent queue. */
    public static int delivering(AmqpBroker broker, String queue) {
        var found = broker.server().locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getDeliveringCount();
    }
}
