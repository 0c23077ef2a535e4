package dev.skelly.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.LiveSocket;
import dev.skelly.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** How long after its acknowledgement a person's change, made on each node in turn, reaches a socket of theirs on every node. */
final class LagWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Stage stage;
    private final Person person;
    private final List<LiveSocket> sockets = new ArrayList<>();
    private final Map<UUID, List<Long>> arrivals = new ConcurrentHashMap<>(); // Of each operation, one a socket.
    private final List<Duration> lags = new ArrayList<>();

    /** Opens a socket on each node. */
    LagWatch(Stage stage, Person person) {
        this.stage = stage;
        this.person = person;
        for (var node : stage.nodes()) {
            var socket = LiveSocket.open(node.url().toString(), person.token());
            socket.listen(this::hear);
            socket.send("{'do':'subscribe','ref':1,'channels':['user:" + person.account() + "']}");
            socket.answer(1);
            sockets.add(socket);
        }
    }

    private void hear(JsonNode message) {
        var correlation = message.at("/event/correlationid").asText();
        if (!correlation.isEmpty()) {
            arrivals(UUID.fromString(correlation)).add(System.nanoTime());
        }
    }

    private List<Long> arrivals(UUID op) {
        return arrivals.computeIfAbsent(op, first -> new CopyOnWriteArrayList<>());
    }

    /** Makes changes for so long, and waits until all of them are everywhere. */
    void work(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        var acknowledged = new ConcurrentHashMap<UUID, Long>();
        for (var n = 0; System.nanoTime() < end; n++) {
            var op = stage.crowd()
                    .change(person, n)
                    .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            acknowledged.put(op, System.nanoTime());
            Stage.forAWhile(PAUSE);
        }
        await().alias("every change is on every node")
                .until(() -> acknowledged.keySet().stream()
                        .allMatch(op -> arrivals(op).size() >= sockets.size()));
        acknowledged.forEach((op, at) ->
                arrivals(op).forEach(arrived -> lags.add(Duration.ofNanos(Math.max(0, arrived - at)))));
    }

    Percentiles lags() {
        return Percentiles.of(lags);
    }

    @Override
    public void close() {
        sockets.forEach(LiveSocket::close);
    }
}
