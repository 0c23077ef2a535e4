package dev.skelly;

import dev.skelly.cli.Product;
import dev.skelly.cli.Program;
import dev.skelly.config.Settings;
import dev.skelly.log.Seal;
import dev.skelly.log.Walked;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The program: what each command of the command line means for nodes. */
public final class Skelly implements Product {

    private Skelly() {}

    /** Runs one command line; see {@code skelly --help}. */
    public static void main(String... words) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Program(new Skelly(), System.getenv(), out, err).run(words));
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
    public Future<Running> serve(Settings settings) {
        var config = read(settings);
        var broken = Promise.<String>promise();
        return Node.start(config, broken::tryComplete)
                .map(node -> new RunningNode(node, config.shutdown().grace(), broken.future()));
    }

    @Override
    public Future<List<String>> checkEvents(Settings settings) {
        return Node.eventTypes(read(settings).forOneCommand());
    }

    @Override
    public Future<Integer> migrate(Settings settings) {
        return Node.migrate(read(settings).forOneCommand());
    }

    @Override
    public Future<String> createUser(Settings settings, NewUser user) {
        return Node.createUser(read(settings).forOneCommand(), user.email(), user.password(), user.admin())
                .map(UUID::toString);
    }

    @Override
    public Future<Walked> verifyLog(Settings settings, long from, long to, Optional<Path> sealFile) {
        return Node.verifyLog(read(settings).forOneCommand(), from, to, sealFile);
    }

    @Override
    public Future<Optional<Seal>> sealLog(Settings settings) {
        return Node.sealLog(read(settings).forOneCommand());
    }

    @Override
    public Future<Integer> rotateMaster(Settings settings) {
        return Node.rotateMaster(read(settings).forOneCommand());
    }

    @Override
    public RunningServices services(Settings settings, Set<Service> which) {
        return EmbeddedServices.start(read(settings), which);
    }

    private record RunningNode(Node node, Duration grace, Future<String> broken) implements Running {

        @Override
        public String url() {
            return node.url();
        }

        @Override
        public Future<Void> stop() {
            return node.stop();
        }
    }
}
