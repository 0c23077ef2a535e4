package dev.skelly.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;

/** Sets Hazelcast up: one address, no client protocol, no discovery, and a list of the classes that it reads. */
final class MemberSettings {

    /* The library defaults are minutes; a dead peer should be detected in seconds, and a healed partition joined soon. */
    private static final Duration NO_HEARTBEAT = Duration.ofSeconds(20);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration MERGE = Duration.ofSeconds(20);
    private static final String NODE = "__vertx.nodeId"; // Where the cluster manager looks for its name.

    private MemberSettings() {}

    static Config of(ClusterConfig config, ClusterSecret secret) {
        var hazelcast = ConfigUtil.loadConfig();
        var address = address(config.host());
        hazelcast.setClusterName(config.name());
        hazelcast.setInstanceName("skelly-" + UUID.randomUUID());
        hazelcast.setAdvancedNetworkConfig(network(config, address));
        hazelcast
                .getMemberAttributeConfig()
                .setAttribute(NODE, UUID.randomUUID().toString())
                .setAttribute(ClusterSecret.ATTRIBUTE, secret.proof(address, config.port()));
        allowedClasses(hazelcast);
        hazelcast.setProperty("hazelcast.socket.bind.any", "false");
        seconds(hazelcast, "hazelcast.max.no.heartbeat.seconds", NO_HEARTBEAT);
        seconds(hazelcast, "hazelcast.heartbeat.interval.seconds", HEARTBEAT);
        seconds(hazelcast, "hazelcast.merge.first.run.delay.seconds", MERGE);
        seconds(hazelcast, "hazelcast.merge.next.run.delay.seconds", MERGE);
        hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
        hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false"); // Node stops it in order.
        hazelcast.setProperty("hazelcast.logging.type", "slf4j"); // And HazelcastLog listens.
        hazelcast.setProperty("hazelcast.logging.details.enabled", "false");
        return hazelcast;
    }

    /* With a network of endpoints, a protocol without an endpoint is not spoken: clients and REST have none. */
    private static AdvancedNetworkConfig network(ClusterConfig config, InetAddress address) {
        var endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(config.port())
                .setPortAutoIncrement(false)
                .setPublicAddress(config.host() + ":" + config.port());
        endpoint.getInterfaces().setEnabled(true).addInterface(address.getHostAddress());
        var network = new AdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint);
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
        return network;
    }

    private static void allowedClasses(Config hazelcast) {
        var allowed = new ClassFilter().addPrefixes("com.hazelcast.");
        AllowedClassLoader.FAILURES.forEach(allowed::addClasses);
        hazelcast.setClassLoader(new AllowedClassLoader());
        hazelcast
                .getSerializationConfig()
                .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig()
                        .setDefaultsDisabled(true)
                        .setWhitelist(allowed));
    }

    /* Hazelcast looks for one of the machine's own addresses and resolves no names. */
    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("cluster.host: " + host + " has no address", e);
        }
    }

    private static void seconds(Config hazelcast, String property, Duration time) {
        hazelcast.setProperty(property, Long.toString(time.toSeconds()));
    }
}
