package dev.skelly.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of a proxy that the settings do not name, because all its clients are one caller then. Any client can send such a request, so there is no
 * second line. Safe on any thread.
 */
final class ProxyWarning {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProxyWarning.class);

    private final AtomicBoolean warned = new AtomicBoolean();

    /** Checks a request whose peer is not a configured proxy. */
    void passed(HttpServerRequest request, String peer) {
        var headers = request.headers();
        if (!warned.get()
                && (headers.contains("X-Forwarded-For") || headers.contains("Forwarded"))
                && warned.compareAndSet(false, true)) {
            LOGGER.atWarn()
                    .addKeyValue("peer", peer)
                    .log(
                            "a request was forwarded by a peer that http.proxies does not list: its clients share one limit and one"
                                    + " address. If it is a proxy of yours, add its address to http.proxies and let it send X-Forwarded-For");
        }
    }

    /** Tells of a connection that was closed because its peer is not a configured proxy. */
    void closed(String peer) {
        if (warned.compareAndSet(false, true)) {
            LOGGER.atWarn()
                    .addKeyValue("peer", peer)
                    .log(
                            "a connection was closed: with http.proxy-protocol only the addresses of http.proxies may connect");
        }
    }
}
