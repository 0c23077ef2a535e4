package dev.skelly.cluster;

import com.hazelcast.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Starts Vert.x, alone or as a member of a cluster. */
public final class ClusterStarter {

    /* The library defaults are minutes; a dead peer should be detected in seconds, and a healed partition joined soon. */
    private static final Duration NO_HEARTBEAT = Duration.ofSeconds(20);

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration MERGE = Duration.ofSeconds(20);
    private static final Duration PING = Duration.ofSeconds(5);

    private ClusterStarter() {}

    /** Starts Vert.x with these options; fails when the cluster cannot be joined. */
    public static Future<Vertx> start(VertxOptions options, ClusterConfig config) {
        if (!config.enabled()) {
            return Future.succeededFuture(Vertx.vertx(options));
        }
        return Vertx.builder()
                .with(options.setEventBusOptions(bus(config)))
                .withClusterManager(manager(config))
                .buildClustered();
    }

    private static EventBusOptions bus(ClusterConfig config) {
        return new EventBusOptions()
                .setHost(config.host())
                .setPort(config.busPort())
                .setClusterPublicHost(config.host())
                .setClusterPingInterval(PING.toMillis())
                .setClusterPingReplyInterval(PING.toMillis())
                .setConnectTimeout((int) PING.toMillis());
    }

    private static ClusterManager manager(ClusterConfig config) {
        var hazelcast = ConfigUtil.loadConfig();
        hazelcast.setClusterName(config.name());
        network(hazelcast, config);
        seconds(hazelcast, "hazelcast.max.no.heartbeat.seconds", NO_HEARTBEAT);
        seconds(hazelcast, "hazelcast.heartbeat.interval.seconds", HEARTBEAT);
        seconds(hazelcast, "hazelcast.merge.first.run.delay.seconds", MERGE);
        seconds(hazelcast, "hazelcast.merge.next.run.delay.seconds", MERGE);
        hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
        hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false"); // Node stops it in order.
        hazelcast.setProperty("hazelcast.logging.type", "slf4j");
        return new HazelcastClusterManager(hazelcast);
    }

    private static void network(Config hazelcast, ClusterConfig config) {
        var network = hazelcast.getNetworkConfig();
        network.setPort(config.port())
                .setPortAutoIncrement(false)
                .setPublicAddress(config.host() + ":" + config.port());
        network.getInterfaces().setEnabled(true).addInterface(address(config.host()));
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
    }

    /* Hazelcast looks for one of the machine's own addresses and resolves no names. */
    private static String address(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("cluster.host: " + host + " has no address", e);
        }
    }

    private static void seconds(Config hazelcast, String property, Duration time) {
        hazelcast.setProperty(property, Long.toString(time.toSeconds()));
    }
}
