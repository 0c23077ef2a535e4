package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.LossyBus;
import dev.skelly.config.Settings;
import dev.skelly.ledger.Bookkeeper;
import dev.skelly.ledger.History;
import dev.skelly.ledger.Ledger;
import dev.skelly.ledger.Recorder;
import dev.skelly.node.Node;
import dev.skelly.node.NodeConfig;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over a bus that loses a fifth of all hints and live batches: nothing is missed, only later. */
class HintsLostIT {

    private static final double SHARE = 0.2;
    private static final int PEOPLE = Torture.times(10, 5);
    private static final int CHANGES_PER_SECOND = 200;
    private static final Duration LOAD = Duration.ofSeconds(Torture.times(8, 3));

    @Test
    void streamsMissNothingWhenAFifthOfAllHintsIsLost(@TempDir Path folder) throws Exception {
        var seed = Torture.seed("hints lost");
        var lossy = new LossyBus(SHARE, seed);
        var ports = List.of(SkellyProcess.freePort(), SkellyProcess.freePort());
        try (var database = TestDatabase.fresh();
                var broker = TestBroker.start();
                var nodes = new Nodes(new ArrayList<>())) {
            // Given
            for (var port : ports) {
                var node = Waiting.on(Node.start(config(folder, database, broker, port, ports), why -> {}));
                lossy.install(node);
                nodes.running().add(node);
            }

            // When
            var history = work(nodes, folder.resolve("history.jsonl"));

            // Then
            var address = database.address();
            try (var books = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
                await().until(() ->
                        Ledger.check(history, Bookkeeper.read(books)).green());
            }
            assertThat(lossy.lost()).isGreaterThan(50);
        }
    }

    /* People work on both nodes, and each of them watches; ends when everybody has seen the last of their own changes. */
    private static History work(Nodes nodes, Path file) throws Exception {
        var recorder = new Recorder(file);
        var api = new Api(
                nodes.running().stream().map(node -> URI.create(node.url())).toList());
        var clock = Executors.newScheduledThreadPool(1);
        try (var crowd = new Crowd(api, recorder)) {
            crowd.gather(PEOPLE);
            var readers = crowd.people().stream()
                    .map(person -> new EventReader(api, recorder, clock, person, person.email()))
                    .toList();
            await().until(() -> readers.stream().allMatch(EventReader::ready));
            crowd.work(CHANGES_PER_SECOND);
            Stage.forAWhile(LOAD);
            crowd.rest();
            var last = new ArrayList<UUID>();
            for (var person : crowd.people()) {
                last.add(crowd.change(person, -1).join());
            }
            await().until(() ->
                    IntStream.range(0, PEOPLE).allMatch(n -> readers.get(n).saw(last.get(n))));
            readers.forEach(EventReader::end);
        } finally {
            clock.shutdownNow();
            recorder.close();
        }
        return History.read(file);
    }

    /** Stopped before the servers they stand on. */
    private record Nodes(List<Node> running) implements AutoCloseable {
        @Override
        public void close() {
            running.forEach(node -> Waiting.on(node.stop()));
        }
    }

    private static NodeConfig config(
            Path folder, TestDatabase database, TestBroker broker, int port, List<Integer> ports) throws Exception {
        var flags = new HashMap<>(Map.of(
                "http.port",
                "0",
                "data.dir",
                folder.resolve("data-" + port).toString(),
                "ratelimit.enabled",
                "false",
                "cluster.enabled",
                "true",
                "cluster.host",
                "localhost", // By name, as in containers.
                "cluster.port",
                String.valueOf(port),
                "cluster.members",
                "localhost:" + ports.get(0) + ",localhost:" + ports.get(1),
                "cluster.secret",
                ClusterSettings.SECRET));
        var at = database.address();
        flags.put("db.url", "postgresql://127.0.0.1:" + at.port() + "/" + at.database());
        flags.put("http.correlation-from-request-id", "true");
        for (var kind : List.of("metrics", "health", "errors")) {
            flags.put("system." + kind, "false"); // The ledger knows what people wrote.
        }
        flags.put("security.unsealed-keys", "true");
        flags.put("db.user", at.user());
        flags.put("db.password", at.password());
        flags.put("broker.url", "amqp://127.0.0.1:" + broker.address().port());
        flags.put("broker.user", broker.address().user());
        flags.put("broker.password", broker.address().password());
        var settings = Settings.load(flags, Map.of(), Files.writeString(folder.resolve("empty.yaml"), ""));
        var config = NodeConfig.read(settings);
        settings.check();
        return config;
    }
}
