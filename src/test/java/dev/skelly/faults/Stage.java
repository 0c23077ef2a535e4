package dev.skelly.faults;

import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.ledger.Bookkeeper;
import dev.skelly.ledger.History;
import dev.skelly.ledger.LeaderWatch;
import dev.skelly.ledger.Ledger;
import dev.skelly.ledger.Recorder;
import dev.skelly.ledger.Verdict;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A database, a broker and nodes, each a process of its own; people at work on them; and the checker. */
final class Stage implements AutoCloseable {

    /* Passwords at their cheapest; what a killed worker had begun is taken over a little sooner. */
    private static final List<String> SHORT =
            List.of("--security.password-memory-kib=1024", "--security.password-iterations=1", "--work.claim=5s");

    private static final int READERS_EACH = 5; // So many people have one reader.

    private final Path folder;
    private final Services services;
    private int starts;
    private final List<Integer> clusterPorts;
    private final List<Node> nodes = new ArrayList<>();
    private final Api api = new Api(List.of());
    private final Path history;
    private final Recorder recorder;
    private final Crowd crowd;
    private final List<EventReader> readers = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

    /** Starts the jar as a process. */
    interface Launcher {
        SkellyProcess start(Path folder, String name, List<String> arguments);
    }

    /** One node as a process. */
    record Node(String name, SkellyProcess process, URI url) {}

    private Stage(Path folder, int nodeCount) {
        this.folder = folder;
        this.clusterPorts = IntStream.range(0, nodeCount)
                .mapToObj(n -> SkellyProcess.freePort())
                .toList();
        this.history = folder.resolve("history.jsonl");
        this.recorder = new Recorder(history);
        this.crowd = new Crowd(api, recorder);
        this.services = new Services(folder);
    }

    /**
     * Services only; nodes and people are the test's own.
     *
     * @param nodeCount that are a cluster; of 1, each node that is started is alone
     */
    static Stage empty(Path folder, int nodeCount) {
        return new Stage(folder, nodeCount);
    }

    /** Everything up: services, nodes, people signed in, each fifth of them with an open stream. */
    static Stage set(Path folder, int nodeCount) {
        var stage = new Stage(folder, nodeCount);
        try {
            for (var n = 0; n < nodeCount; n++) {
                stage.startNode(n, List.of());
            }
            stage.populate();
            return stage;
        } catch (RuntimeException | Error failure) {
            stage.close();
            throw failure;
        }
    }

    /** People come, and each fifth of them reads; the nodes are up. */
    void populate() {
        watchLeaders();
        crowd.gather(Pace.now().people());
        for (var n = 0; n < crowd.people().size(); n += READERS_EACH) {
            read(crowd.people().get(n));
        }
        awaitReaders();
    }

    private void read(Person person) {
        readers.add(new EventReader(api, recorder, clock, person, "reader-" + readers.size()));
    }

    /** Opens a stream for everybody who has none. */
    void everybodyReads() {
        var reading = readers.stream().map(EventReader::person).collect(Collectors.toSet());
        crowd.people().stream().filter(person -> !reading.contains(person)).forEach(this::read);
        awaitReaders();
    }

    /** Starts the n-th node, again or for the first time. */
    @CanIgnoreReturnValue // a test may know its nodes by leader() alone
    Node startNode(int n, List<String> more) {
        return startNode(n, more, SkellyProcess::start);
    }

    /** The same, somewhere else. */
    @CanIgnoreReturnValue
    Node startNode(int n, List<String> more, Launcher launcher) {
        var arguments = new ArrayList<>(List.of(
                "--http.port=0",
                "--data.dir=" + folder.resolve("data-node-" + n),
                "--ratelimit.enabled=false",
                "--system.metrics=false",
                "--system.health=false",
                "--system.errors=false",
                "--http.correlation-from-request-id=true"));
        arguments.addAll(services.settings());
        if (!Torture.ON) {
            arguments.addAll(SHORT);
        }
        if (clusterPorts.size() > 1) {
            ClusterSettings.of(clusterPorts, n).forEach((key, value) -> arguments.add("--" + key + "=" + value));
        }
        arguments.addAll(more);
        starts++;
        var process = launcher.start(folder, "node-" + n + "-" + starts, arguments);
        var node = new Node("node-" + n, process, process.awaitReady());
        nodes.add(node);
        api.nodes(nodes.stream().map(Node::url).toList());
        return node;
    }

    Api api() {
        return api;
    }

    Crowd crowd() {
        return crowd;
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    List<EventReader> readers() {
        return readers;
    }

    Services services() {
        return services;
    }

    private void watchLeaders() {
        try (var connection = services.connect()) {
            LeaderWatch.install(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The node that leads the relay, by its own word; empty where none says so. */
    Optional<Node> leader() {
        return nodes.stream().filter(this::leads).findFirst();
    }

    /** Whether a node says that it leads. */
    boolean leads(Node node) {
        try {
            return meter(node.url(), "skelly_relay_leader") == 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** The sum of a metric of a node, over its labels. */
    double meter(URI node, String name) throws IOException {
        return api.get(node, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    Node awaitLeader() {
        await().pollInterval(Duration.ofMillis(100)).until(() -> leader().isPresent());
        return leader().orElseThrow();
    }

    /** The one of two nodes that does not lead. */
    Node awaitStandby() {
        var leader = awaitLeader();
        return nodes.stream().filter(node -> !node.equals(leader)).findFirst().orElseThrow();
    }

    /** kill -9; from now on clients know only the others. */
    void kill(Node node) {
        node.process().kill();
        nodes.remove(node);
        api.nodes(nodes.stream().map(Node::url).toList());
    }

    /** Lets time pass under load. */
    static void forAWhile(Duration time) {
        var over =
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS); // The time itself is meant.
        CompletableFuture.runAsync(() -> {}, over).join();
    }

    void awaitReaders() {
        await().pollInterval(Duration.ofMillis(50)).until(() -> readers.stream().allMatch(EventReader::ready));
    }

    /** Ends the load, makes one last change for everybody who reads, waits until all of it went everywhere, and checks the books. */
    Verdict settle() throws InterruptedException, SQLException {
        crowd.rest();
        var last = new HashMap<Person, UUID>();
        for (var person : crowd.people()) {
            last.put(
                    person,
                    crowd.change(person, -1)
                            .orTimeout(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .join());
        }
        await().alias("every reader has seen the last change of its person")
                .until(() -> readers.stream()
                        .allMatch(reader -> reader.saw(Objects.requireNonNull(last.get(reader.person())))));
        readers.forEach(EventReader::end);
        recorder.close();
        var written = History.read(history);
        await().alias("the books agree")
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> check(written).green() || nothingLeftToDo(written));
        return check(written);
    }

    /* Effects still to come are the one thing that time mends. */
    private boolean nothingLeftToDo(History written) throws SQLException {
        var broken = check(written).broken().keySet();
        return !broken.isEmpty() && !broken.contains("limbo") && !broken.contains("unstamped");
    }

    private Verdict check(History written) throws SQLException {
        try (var connection = services.connect()) {
            return Ledger.check(written, Bookkeeper.read(connection));
        }
    }

    /** Writes a line of figures where people look for it. */
    void report(String test, String figures, Verdict verdict) {
        var line = "{\"test\":\"" + test + "\"," + figures + ",\"answers\":\"" + crowd.answers() + "\",\"skipped\":"
                + crowd.skipped() + ",\"ledger\":" + verdict.line() + "}";
        System.out.println(line);
        try {
            Files.writeString(
                    Path.of("target", "faults.jsonl"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        crowd.close();
        readers.forEach(EventReader::close);
        clock.shutdownNow();
        nodes.forEach(node -> node.process().close());
        services.close();
    }
}
