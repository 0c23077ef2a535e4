package dev.skelly.node;

import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The administrator of a new database: whom the settings name, or whoever opens the link that a start prints. */
final class AdministratorSetup {

    private static final Logger LOGGER = LoggerFactory.getLogger(AdministratorSetup.class);
    private static final String THERE_ALREADY = "email-taken";

    private final NodeConfig config;
    private final Features.Services services;

    AdministratorSetup(NodeConfig config, Features.Services services) {
        this.config = config;
        this.services = services;
    }

    /** Whom the settings name: made at the first start, left alone at every other. */
    Future<Void> make() {
        var named = config.administrator();
        if (named.email().isEmpty()) {
            return Future.succeededFuture();
        }
        return Features.createAdministrator(
                        services, named.email(), named.password().value())
                .<Void>mapEmpty()
                .recover(failure ->
                        failure instanceof Problem problem && problem.code().equals(THERE_ALREADY)
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure));
    }

    /**
     * A link that makes one, where there is none and this node shows the page or knows who does. A node that cannot have one made just now
     * does not fail for that: the next start, of whichever node, prints one.
     *
     * @param url how browsers reach the page
     */
    Future<Optional<String>> link(URI url) {
        var reachable = config.has(NodeRole.HTTP) || !config.http().publicUrl().isEmpty();
        if (!config.has(NodeRole.PERSISTENCE) || !reachable) {
            return Future.succeededFuture(Optional.empty());
        }
        return Features.issueFirstLink(services)
                .map(token -> token.map(secret -> page(url) + "#first-administrator=" + secret))
                .recover(failure -> {
                    LOGGER.atWarn().setCause(failure).log("no link for a first administrator was made");
                    return Future.succeededFuture(Optional.empty());
                });
    }

    private static String page(URI url) {
        return url.toString().replaceFirst("/+$", "") + "/";
    }
}
