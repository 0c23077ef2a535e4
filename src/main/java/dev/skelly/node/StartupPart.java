package dev.skelly.node;

import dev.skelly.feature.Greeting;
import dev.skelly.feature.InstalledFeature;
import io.vertx.core.Future;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what features do once at the start of a node with the persistence role: their steps, and their lines for the operator. */
record StartupPart(NodeContext context, List<InstalledFeature> features) {

    private static final Logger LOGGER = LoggerFactory.getLogger(StartupPart.class);

    /** Runs the steps of all features one after the other, and checks that the master key opens the signing key. */
    Future<Void> run(Optional<DatabaseServices> database) {
        if (!context.config().has(NodeRole.PERSISTENCE)) {
            return Future.succeededFuture();
        }
        var here = database.orElseThrow();
        Future<Void> done = Future.succeededFuture();
        for (var feature : features) {
            for (var step : feature.startupSteps()) {
                done = done.compose(before -> step.run(here.pool()).mapEmpty());
            }
        }
        return done.compose(before -> here.tokens().check());
    }

    /** Returns the lines of all features, if this node knows the URL for browsers. A failure is logged and does not fail the start. */
    Future<List<String>> greeting(URI home) {
        var config = context.config();
        var reachable = config.has(NodeRole.HTTP) || !config.http().publicUrl().isEmpty();
        Future<List<String>> lines = Future.succeededFuture(List.of());
        if (!config.has(NodeRole.PERSISTENCE) || !reachable) {
            return lines;
        }
        for (var feature : features) {
            for (var greeting : feature.greetings()) {
                lines = lines.compose(before -> lines(greeting, home).map(more -> joined(before, more)));
            }
        }
        return lines;
    }

    private static Future<List<String>> lines(Greeting greeting, URI home) {
        return greeting.lines(home).recover(failure -> {
            LOGGER.atWarn().setCause(failure).log("a feature has no greeting for the operator");
            return Future.succeededFuture(List.of());
        });
    }

    private static List<String> joined(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
