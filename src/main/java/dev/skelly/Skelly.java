package dev.skelly;

import dev.skelly.auth.ListSigningKeys;
import dev.skelly.auth.RotateSigningKey;
import dev.skelly.cli.NodeControl;
import dev.skelly.cli.Program;
import dev.skelly.config.Settings;
import dev.skelly.event.CommandContext;
import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.UndeclaredTypeTable;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.feature.CommandResult;
import dev.skelly.node.EmbeddedServersCommand;
import dev.skelly.node.Node;
import dev.skelly.node.NodeConfig;
import dev.skelly.node.NodeRole;
import dev.skelly.node.SandboxPreparation;
import dev.skelly.sandbox.SandboxReport;
import dev.skelly.sandbox.SandboxRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Runs the command line, and starts nodes for its commands. */
public final class Skelly implements NodeControl {

    private static final String NO_UNSAFE = "io.netty.noUnsafe";

    Skelly() {}

    /** Runs one command line; see {@code skelly --help}. */
    public static void main(String... words) {
        letNettyFreeMemory();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Program(new Skelly(), System.getenv(), out, err).run(words));
    }

    /*
     * From Java 24 on Netty does not use sun.misc.Unsafe by default, and then frees only its own buffers. The embedded broker passes it buffers of
     * the JDK, and could not open a journal again. Netty reads this property once, when its first class is loaded.
     */
    private static void letNettyFreeMemory() {
        if (System.getProperty(NO_UNSAFE) == null) {
            System.setProperty(NO_UNSAFE, "false");
        }
    }

    private static NodeConfig read(Settings settings) {
        var config = NodeConfig.read(settings);
        settings.check();
        return config;
    }

    @Override
    public void check(Settings settings) {
        var unused = read(settings); // Only whether it can be read.
    }

    @Override
    public DatabasePlace database(Settings settings) {
        var config = read(settings);
        var folder = config.data().dir().toAbsolutePath().normalize();
        return new DatabasePlace(
                folder,
                config.database().address(),
                config.embedded().databasePort(),
                config.privacy().erasureFile(folder).toAbsolutePath());
    }

    @Override
    public Starting serve(Settings settings) {
        var config = read(settings);
        var broken = Promise.<String>promise();
        var start = Node.begin(config, broken::tryComplete);
        return new StartingNode(start, config, broken.future());
    }

    @Override
    public Future<List<String>> checkEvents(Settings settings) {
        return Node.eventTypes(read(settings).forOneCommand());
    }

    @Override
    public Future<List<UndeclaredTypeTable.UndeclaredType>> undeclaredTypes(Settings settings) {
        return Node.undeclaredTypes(read(settings).forOneCommand());
    }

    @Override
    public Future<Integer> migrate(Settings settings) {
        return Node.migrate(read(settings).forOneCommand());
    }

    @Override
    public <S, T> Future<T> with(Settings settings, Class<S> type, Function<S, Future<T>> act) {
        return Node.with(read(settings).forOneCommand(), type, act);
    }

    @Override
    public Future<List<ListSigningKeys.SigningKey>> signingKeys(Settings settings) {
        return Node.withCommands(read(settings).forOneCommand(), commands -> commands.query(new ListSigningKeys()))
                .map(ListSigningKeys.SigningKeyList::items);
    }

    @Override
    public Future<RotateSigningKey.NewSigningKey> rotateSigningKey(Settings settings) {
        return Node.withCommands(
                        read(settings).forOneCommand(),
                        commands -> commands.send(new RotateSigningKey(), CommandContext.byOperator(UUID.randomUUID())))
                .map(CommandResult::result);
    }

    @Override
    public Future<VerificationReport> verifyLog(Settings settings, long from, long to, Optional<Path> sealFile) {
        return Node.verifyLog(read(settings).forOneCommand(), from, to, sealFile);
    }

    @Override
    public Future<Optional<ChainCheckpoint>> sealLog(Settings settings) {
        return Node.sealLog(read(settings).forOneCommand());
    }

    @Override
    public Future<Integer> rotateMaster(Settings settings) {
        return Node.rotateMaster(read(settings).forOneCommand());
    }

    @Override
    public Future<SandboxReport> prepareSandbox(Settings settings, SandboxRequest request) {
        return SandboxPreparation.run(read(settings), settings.values(), request);
    }

    @Override
    public RunningServices services(Settings settings, Set<Service> which) {
        return EmbeddedServersCommand.start(read(settings), which);
    }

    private record StartingNode(Node.NodeStart start, NodeConfig config, Future<String> broken) implements Starting {

        @Override
        public Future<Running> running() {
            return start.node().map(node -> new RunningNode(node, config, broken));
        }

        @Override
        public Duration timeout() {
            return config.start().timeout();
        }

        @Override
        public Duration grace() {
            return config.shutdown().grace();
        }

        @Override
        public Future<Void> stop() {
            return start.stop();
        }
    }

    private record RunningNode(Node node, NodeConfig config, Future<String> broken) implements Running {

        @Override
        public String url() {
            return node.url();
        }

        @Override
        public List<String> greeting() {
            var lines = new ArrayList<String>();
            var home = node.publicUrl().toString().replaceFirst("/+$", "");
            if (config.has(NodeRole.HTTP)) {
                lines.add("app       " + home + "/");
                lines.add("API docs  " + home + "/docs");
            }
            if (!Node.isConfigured(config)) {
                lines.add("events    none of your own yet: \"java -jar skelly.jar init\" writes an example");
            }
            lines.addAll(node.greeting());
            return lines;
        }
    }
}
