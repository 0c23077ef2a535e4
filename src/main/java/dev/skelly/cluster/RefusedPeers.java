package dev.skelly.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what comes to the cluster's port and is no node. The first of each kind is logged; a stranger does not fill the log. */
final class RefusedPeers {

    /** What a refused member is told. */
    static final String REFUSAL = "cluster.secret: not the secret of this cluster";

    private static final Logger LOGGER = LoggerFactory.getLogger(RefusedPeers.class);

    private final PeerKind joining;
    private final PeerKind members;
    private final PeerKind connections;

    private static final class PeerKind {

        private final AtomicBoolean logged = new AtomicBoolean();
        private final Counter counter;

        PeerKind(MeterRegistry meters, String name) {
            this.counter = Counter.builder("skelly.cluster.refused")
                    .description("Peers at the cluster's port that are no nodes of it")
                    .tag("kind", name)
                    .register(meters);
        }

        void count(String message, String of) {
            counter.increment();
            if (logged.compareAndSet(false, true)) {
                LOGGER.warn(message + " Further ones are counted only: skelly_cluster_refused_total", of);
            }
        }
    }

    RefusedPeers(MeterRegistry meters) {
        this.joining = new PeerKind(meters, "joining");
        this.members = new PeerKind(meters, "member");
        this.connections = new PeerKind(meters, "connection");
    }

    void joining(String address) {
        joining.count("A member at {} is refused: it has no proof of cluster.secret, or of another secret.", address);
    }

    void member(String address) {
        members.count(
                "The member at {} has no proof of cluster.secret, or of another secret: its messages are dropped.",
                address);
    }

    void connection(String why) {
        connections.count("A connection to cluster.port is closed: {}.", why);
    }
}
