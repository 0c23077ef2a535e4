package dev.skelly.cluster;

import java.util.List;

/**
 * Settings of the cluster, under {@code cluster}.
 *
 * @param enabled whether this node joins others
 * @param host own address, on a private interface: neither Hazelcast nor the bus authenticates a peer
 * @param port of Hazelcast
 * @param busPort of the event bus; 0 takes a free one
 * @param members {@code host:port} of Hazelcast on the nodes, may include this one
 * @param name nodes with another name do not join
 */
public record ClusterConfig(boolean enabled, String host, int port, int busPort, List<String> members, String name) {

    /** The default settings. */
    public static final ClusterConfig DEFAULT =
            new ClusterConfig(false, "127.0.0.1", 5701, 0, List.of("127.0.0.1:5701"), "skelly");

    /** Rejects an invalid port, and a cluster without members. */
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
    }
}
