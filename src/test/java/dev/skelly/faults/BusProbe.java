package dev.skelly.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.LiveSocket;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Whether what is said on one node is heard on each other: a person has a socket on every node, and sends signals, is present and changes
 * something on each of them. Signals and presence travel over the bus only; events would come from the log in the end.
 */
final class BusProbe implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(300);

    private final Stage stage;
    private final Person person;
    private final String topic = "topic:probe/" + UUID.randomUUID();
    private final List<LiveSocket> sockets = new ArrayList<>();

    /** Connects to every node, which may have just come back. */
    BusProbe(Stage stage, Person person) {
        this.stage = stage;
        this.person = person;
        for (var node : stage.nodes()) {
            await().ignoreExceptions().until(() -> sockets.add(open(node)));
        }
    }

    /** Lets nodes of the stage in this folder know the topic. */
    static void declare(Path folder) {
        try {
            var file = folder.resolve("conf").resolve("events").resolve("probe.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "topics:\n  - pattern: topic:probe/{probe}\n    read: [user]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LiveSocket open(Stage.Node node) {
        var socket = LiveSocket.open(node.url().toString(), person.token());
        socket.send("{'do':'subscribe','ref':1,'channels':['" + topic + "','user:" + person.account() + "']}");
        if (!socket.answer(1).path("ok").asBoolean()) {
            throw new AssertionError("refused: " + socket.answer(1));
        }
        return socket;
    }

    /** Waits until everything goes from every node to every other. */
    void awaitAll() {
        await().alias("signals between all nodes")
                .atMost(Waiting.LIMIT.multipliedBy(3))
                .pollInterval(RETRY)
                .until(() -> {
                    everyNode(from -> sockets.get(from)
                            .send("{'do':'signal','channel':'" + topic + "','name':'probe','data':{'from':" + from
                                    + "}}"));
                    return everywhere(
                            from -> message -> message.at("/signal/data/from").asInt(-1) == from);
                });
        sockets.get(0).send("{'do':'presence','channel':'" + topic + "','state':{'probe':1}}");
        await().alias("presence on all nodes")
                .atMost(Waiting.LIMIT.multipliedBy(3))
                .until(() -> everywhere(from -> this::tellsOfPresence));
        everyNode(this::changeOn);
    }

    private boolean tellsOfPresence(JsonNode message) {
        return message.path("presence").toString().contains(person.account().toString());
    }

    private void changeOn(int from) {
        var nodes = stage.nodes();
        stage.api().nodes(List.of(nodes.get(from).url()));
        var op = stage.crowd()
                .change(person, from)
                .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        stage.api().nodes(nodes.stream().map(Stage.Node::url).toList());
        await().alias("an event of node " + from + " on all nodes")
                .until(() -> everywhere(any ->
                        message -> message.at("/event/correlationid").asText().equals(op.toString())));
    }

    private void everyNode(IntConsumer act) {
        IntStream.range(0, sockets.size()).forEach(act);
    }

    /* Whether each socket has a message of each other node. */
    private boolean everywhere(IntFunction<Predicate<JsonNode>> wanted) {
        return IntStream.range(0, sockets.size())
                .allMatch(to -> IntStream.range(0, sockets.size())
                        .filter(from -> from != to)
                        .allMatch(from -> sockets.get(to).messages().stream().anyMatch(wanted.apply(from))));
    }

    @Override
    public void close() {
        sockets.forEach(LiveSocket::close);
    }
}
