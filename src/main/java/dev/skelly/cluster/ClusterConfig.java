package dev.skelly.cluster;

import java.util.List;

/**
 * Settings of the cluster, under {@code cluster}.
 *
 * @param enabled whether this node joins others that share its database and broker
 * @param host address of this node on a private interface: neither Hazelcast nor the event bus authenticates peers
 * @param port port of Hazelcast
 * @param busPort port of the event bus; 0 takes a free one
 * @param members each node as {@code host:port} of its Hazelcast. This node may be among them
 * @param name name of the cluster. Nodes with another name do not join
 */
public record ClusterConfig(boolean enabled, String host, int port, int busPort, List<String> members, String name) {

    /** The defaults. */
    public static final ClusterConfig DEFAULT =
            new ClusterConfig(false, "127.0.0.1", 5701, 0, List.of("127.0.0.1:5701"), "skelly");

    /** Refuses an invalid port, and a cluster without members. */
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
