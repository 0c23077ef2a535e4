package dev.skelly.cluster;

import dev.skelly.config.SecretValue;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the cluster, under {@code cluster}.
 *
 * @param enabled whether this node joins others
 * @param host own address, or a name of one: the cluster's ports listen there and nowhere else
 * @param port of Hazelcast
 * @param busPort of the event bus; 0 takes a free one
 * @param members {@code host:port} of Hazelcast on the nodes, may include this one
 * @param name nodes with another name do not join
 * @param secret at least 32 characters, the same on all nodes: seals what travels between them. While it is changed, the new one and, after a
 *     comma, the former one. Required in a cluster, e.g. the output of {@code openssl rand -base64 32}. Better as
 *     {@code SKELLY_CLUSTER_SECRET_FILE}
 * @param clockTolerance accepted difference between the clocks of two nodes: a message from another time is dropped
 */
public record ClusterConfig(
        boolean enabled,
        String host,
        int port,
        int busPort,
        List<String> members,
        String name,
        SecretValue secret,
        Duration clockTolerance) {

    private static final Duration TOLERANCE_MAX = Duration.ofMinutes(10);

    /** The default settings. */
    public static final ClusterConfig DEFAULT = new ClusterConfig(
            false, "127.0.0.1", 5701, 0, List.of("127.0.0.1:5701"), "skelly", SecretValue.NONE, Duration.ofSeconds(30));

    /** Rejects an invalid port, a cluster without members, and one without a secret. */
    public ClusterConfig {
        members = List.copyOf(members);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("cluster.port: " + port + " (expected: 1 to 65535)");
        }
        if (busPort < 0 || busPort > 65_535) {
            throw new IllegalArgumentException("cluster.bus-port: " + busPort + " (expected: 0 to 65535)");
        }
        if (enabled && members.isEmpty()) {
            throw new IllegalArgumentException("cluster.members: none (expected: host:port of at least one node)");
        }
        if (enabled || secret.present()) {
            ClusterSecret.check(secret.value());
        }
        if (clockTolerance.compareTo(Duration.ofSeconds(1)) < 0 || clockTolerance.compareTo(TOLERANCE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "cluster.clock-tolerance: " + clockTolerance + " (expected: 1 s to 10 min)");
        }
    }

    /** Returns the keys and proofs that are made from the secret. Only of a cluster. */
    public ClusterSecret keys() {
        return new ClusterSecret(secret.value(), name);
    }
}
