package dev.skelly.testing;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings of nodes that are one cluster on this machine. */
public final class ClusterSettings {

    /** The secret of every cluster of the tests. */
    public static final String SECRET = "the secret of a cluster of the tests";

    private ClusterSettings() {}

    /** Those of one node. */
    public static Map<String, String> of(List<Integer> ports, int index) {
        return Map.of(
                "cluster.enabled",
                "true",
                "cluster.port",
                ports.get(index).toString(),
                "cluster.members",
                ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")),
                "cluster.secret",
                SECRET);
    }
}
