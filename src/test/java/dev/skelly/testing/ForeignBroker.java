package dev.skelly.testing;

import static org.awaitility.Awaitility.await;

import dev.skelly.broker.BrokerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A broker of another maker, as a process of its own over a folder of its own, on the loopback address. Blocks. */
public final class ForeignBroker implements AutoCloseable {

    private static final int STOP_SECONDS_MAX = 30;
    private static final Path RABBIT_PLACE = Path.of("/usr/lib/rabbitmq/lib");
    private static final Path QPID_CLASS_PATH = Path.of("target", "qpid.classpath");

    private final Path folder;
    private final int port;
    private final String ready;
    private final List<String> command;
    private final Map<String, String> environment;
    private final List<Process> besides;
    private Process process;
    private int starts;

    private ForeignBroker(
            Path folder,
            int port,
            String ready,
            List<String> command,
            Map<String, String> environment,
            List<Process> besides) {
        this.folder = folder;
        this.port = port;
        this.ready = ready;
        this.command = command;
        this.environment = environment;
        this.besides = besides;
        start();
    }

    /** A RabbitMQ of Debian's package with the plugin for AMQP 1.0; empty where it is not installed. */
    public static Optional<ForeignBroker> rabbit(Path folder) throws IOException {
        var script = rabbitScript();
        if (script.isEmpty()) {
            return Optional.empty();
        }
        var port = SkellyProcess.freePort();
        var names = SkellyProcess.freePort();
        Files.createDirectories(folder.resolve("data"));
        var plugins = Files.writeString(folder.resolve("plugins"), "[rabbitmq_amqp1_0].\n");
        var none = Files.createFile(folder.resolve("none.conf"));
        var mapper = new ProcessBuilder("epmd", "-port", Integer.toString(names), "-address", "127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("epmd.log").toFile())
                .start();
        var environment = Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("ERL_EPMD_PORT", Integer.toString(names)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_CONF_ENV_FILE", none.toString()),
                Map.entry("RABBITMQ_CONFIG_FILE", none.toString()),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString()),
                Map.entry("RABBITMQ_NODENAME", "skelly@localhost"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(SkellyProcess.freePort())),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                Map.entry("RABBITMQ_LOGS", "-"));
        return Optional.of(new ForeignBroker(
                folder,
                port,
                "Server startup complete",
                List.of(script.get().toString()),
                environment,
                List.of(mapper)));
    }

    private static Optional<Path> rabbitScript() throws IOException {
        if (!Files.isDirectory(RABBIT_PLACE)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(RABBIT_PLACE)) {
            return versions.map(version -> version.resolve("sbin/rabbitmq-server"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /** A Qpid Broker-J; empty where scripts/torture has not fetched it. */
    public static Optional<ForeignBroker> qpid(Path folder) throws IOException {
        if (!Files.exists(QPID_CLASS_PATH)) {
            return Optional.empty();
        }
        var port = SkellyProcess.freePort();
        var program = Path.of("src", "test", "qpid", "QpidBroker.java").toAbsolutePath();
        var command = List.of(
                SkellyProcess.java().toString(),
                "-Xmx512m",
                "-cp",
                Files.readString(QPID_CLASS_PATH).strip(),
                program.toString(),
                Files.createDirectories(folder.resolve("data")).toString(),
                Integer.toString(port));
        return Optional.of(new ForeignBroker(folder, port, "broker ready", command, Map.of(), List.of()));
    }

    /** Where it is, and who we are there; the same after a restart. */
    public BrokerAddress address() {
        return new BrokerAddress("127.0.0.1", port, "guest", "guest");
    }

    /** Starts it after {@link #stop}. */
    public void start() {
        starts++;
        var log = folder.resolve("broker-" + starts + ".log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        await().alias(ready + " in " + log)
                .failFast("the broker ended, see " + log, () -> !process.isAlive())
                .until(() -> Files.readString(log).contains(ready));
    }

    /** Stops it in good order. */
    public void stop() {
        var all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.stream()
                .filter(one -> one.info().command().orElse("").matches(".*(beam[.]smp|java)"))
                .forEach(ProcessHandle::destroy);
        all.forEach(one ->
                one.onExit().orTimeout(STOP_SECONDS_MAX, TimeUnit.SECONDS).join());
    }

    /** Kills it. */
    public void kill() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Runs the RabbitMQ operator's program. */
    public void control(String... words) throws Exception {
        var program = Path.of(command.get(0)).resolveSibling("rabbitmqctl").toString();
        var builder = new ProcessBuilder(
                        Stream.concat(Stream.of(program), Stream.of(words)).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("control.log").toFile());
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new AssertionError(Files.readString(folder.resolve("control.log")));
        }
    }

    /** Deletes its queues and messages after {@link #stop}. */
    public void lose() throws IOException {
        try (var files = Files.walk(folder.resolve("data"))) {
            files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(folder.resolve("data")))
                    .forEach(ForeignBroker::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        besides.forEach(Process::destroy);
    }
}
