package dev.skelly.stream;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;

/** What the routes and the streams of a node share. One per node, deployed before HTTP. */
public final class StreamAccess implements Deployable {

    private final StreamConnections connections;
    private final LiveTopics topics;
    private List<MessageConsumer<?>> consumers = List.of(); // Confined to the deployment's context.

    /**
     * Creates it.
     *
     * @param connections the open streams of all nodes
     * @param topics signals and presence
     */
    public StreamAccess(StreamConnections connections, LiveTopics topics) {
        this.connections = connections;
        this.topics = topics;
    }

    @Override
    public Future<?> deploy(Context context) {
        consumers = connections.directory().listen();
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .compose(ready -> topics.deploy(context));
    }

    @Override
    public Future<?> undeploy(Context context) {
        return topics.undeploy(context)
                .compose(gone -> Future.join(
                        consumers.stream().map(MessageConsumer::unregister).toList()));
    }

    StreamConnections connections() {
        return connections;
    }

    LiveTopics topics() {
        return topics;
    }
}
