package dev.skelly.http;

import dev.skelly.ratelimit.NetworkCounter;

/**
 * Counts the open connections of a node and of each network. Connections of trusted proxies count only for the node, because they carry the
 * requests of many clients. Safe on any thread.
 */
final class OpenConnections {

    private static final int REFUSED_SHARE = 100;

    /** What happens to a new connection. */
    enum ConnectionAdmission {
        /** It is served. */
        ACCEPTED,
        /** It counts for the node only: its requests are answered with 429. */
        REFUSED,
        /** It does not count, and is closed at once. */
        CLOSED
    }

    private final HttpConfig config;
    private final TrustedProxies proxies;
    private final ProxyWarning warning;
    private final NetworkCounter networks;
    private final int refusedMax;
    private int all; // Guarded by this, like the next field.
    private int refused;

    OpenConnections(HttpConfig config, TrustedProxies proxies, ProxyWarning warning) {
        this.warning = warning;
        this.config = config;
        this.proxies = proxies;
        this.networks = new NetworkCounter(config.connectionsPerAddress(), config.connectionsMax());
        this.refusedMax = 1 + config.connectionsMax() / REFUSED_SHARE;
    }

    /** Tells whether a peer may connect: with the PROXY protocol only a proxy may, because it names the client's address. */
    boolean allows(String peer) {
        var allowed = !config.proxyProtocol() || proxies.isOurs(peer);
        if (!allowed) {
            warning.closed(peer);
        }
        return allowed;
    }

    /** Counts a connection; {@link #close} must follow with what this returns. */
    synchronized ConnectionAdmission open(String address) {
        if (all >= config.connectionsMax()) {
            return ConnectionAdmission.CLOSED;
        }
        var admission = ConnectionAdmission.ACCEPTED;
        if (!proxies.isOurs(address) && !networks.enter(address)) {
            if (refused >= refusedMax) {
                return ConnectionAdmission.CLOSED;
            }
            refused++;
            admission = ConnectionAdmission.REFUSED;
        }
        all++;
        return admission;
    }

    /** Counts a connection no longer. */
    synchronized void close(String address, ConnectionAdmission admission) {
        if (admission == ConnectionAdmission.CLOSED) {
            return;
        }
        all--;
        if (admission == ConnectionAdmission.REFUSED) {
            refused--;
        } else if (!proxies.isOurs(address)) {
            networks.leave(address);
        }
    }

    /** Returns the connections that count for the node. */
    synchronized int count() {
        return all;
    }
}
