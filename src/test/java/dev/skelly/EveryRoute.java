package dev.skelly;

import dev.skelly.config.Settings;
import dev.skelly.feature.Route;
import dev.skelly.node.Node;
import dev.skelly.node.NodeConfig;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Every route of the program, from the same source as {@code /openapi.json}, without a server. */
final class EveryRoute {

    private EveryRoute() {}

    static List<Route> read() {
        var folder = TemporaryFolder.make("skelly-test-routes");
        try {
            var settings = Settings.load(
                    Map.of("events.dir", folder.toString()),
                    Map.of(),
                    Files.writeString(folder.resolve("settings.txt"), ""));
            var config = NodeConfig.read(settings).forOneCommand();
            settings.check();
            return Waiting.on(Node.routes(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    /** Method and path. */
    static String name(Route route) {
        return route.method() + " " + route.path();
    }
}
