package dev.skelly.feature;

import io.vertx.core.Future;
import java.net.URI;
import java.util.List;

/** Lines for the operator of a node that has started; printed and not logged, because they may hold a secret. */
@FunctionalInterface
public interface Greeting {

    /**
     * Returns the lines. Called on nodes with the persistence role whose address for browsers is known.
     *
     * @param home address for browsers
     * @return empty when there is nothing to say; must not fail the start, so a failed future is logged and counts as empty
     */
    Future<List<String>> lines(URI home);
}
