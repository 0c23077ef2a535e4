package dev.skelly.node;

import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the first administrator: from the settings, or by a link that the start prints. */
final class AdministratorSetup {

    private static final Logger LOGGER = LoggerFactory.getLogger(AdministratorSetup.class);
    private static final String THERE_ALREADY = "email-taken";

    private final NodeConfig config;
    private final Features.Services services;

    AdministratorSetup(NodeConfig config, Features.Services services) {
        this.config = config;
        this.services = services;
    }

    /** Creates the administrator of the settings at the first start; later starts change nothing. */
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
     * Issues the link that creates the first administrator, if there is no administrator and the node knows the URL of the page. A failure is
     * logged and does not fail the start; the next start of any node prints a link.
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
