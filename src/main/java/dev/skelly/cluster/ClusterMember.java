package dev.skelly.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import dev.skelly.config.StartException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.logging.Level;

/**
 * This node as a member of a Hazelcast cluster, and Vert.x on it. Nothing rests on Hazelcast: it knows where the members are, and a peer that
 * gets past its checks reads and sends nothing, because the messages of the bus are sealed.
 */
public final class ClusterMember {

    private static final Duration PING = Duration.ofSeconds(5);

    private final ClusterConfig config;
    private final HazelcastInstance hazelcast;

    private ClusterMember(ClusterConfig config, HazelcastInstance hazelcast) {
        this.config = config;
        this.hazelcast = hazelcast;
    }

    /**
     * Joins the cluster, or forms it if no other member is there.
     *
     * @param meters counts peers that are no nodes
     * @return fails with {@link StartException} when the members refuse this node or Hazelcast cannot start
     */
    public static Future<ClusterMember> join(ClusterConfig config, MeterRegistry meters) {
        return blocking("skelly-cluster-join", () -> {
            var secret = config.keys();
            var refused = new RefusedPeers(meters);
            var settings = MemberSettings.of(config, secret);
            var hazelcast = started(() -> HazelcastInstanceFactory.newHazelcastInstance(
                    settings, settings.getInstanceName(), new SecretCheckedNode(secret, refused)));
            watch(hazelcast, secret, refused);
            return new ClusterMember(config, hazelcast);
        });
    }

    private static HazelcastInstance started(Callable<HazelcastInstance> start) throws Exception {
        try {
            return start.call();
        } catch (IllegalStateException refused) {
            throw new StartException("cluster.members: a member refused this node, or the cluster's port failed"
                    + " (expected: the same cluster.secret and release on all nodes)");
        }
    }

    private static void watch(HazelcastInstance hazelcast, ClusterSecret secret, RefusedPeers refused) {
        hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                check(event.getMember(), secret, refused);
            }
        });
        hazelcast.getCluster().getMembers().forEach(member -> check(member, secret, refused));
        hazelcast.getLoggingService().addLogListener(Level.WARNING, new HazelcastLog(refused));
    }

    private static void check(Member member, ClusterSecret secret, RefusedPeers refused) {
        var address = member.getAddress();
        try {
            if (!secret.proves(member.getAttributes(), address.getInetAddress(), address.getPort())) {
                refused.member(address.toString());
            }
        } catch (UnknownHostException e) {
            refused.member(address.toString());
        }
    }

    /** Starts Vert.x with these options as a node of the cluster. It must be closed before {@link #leave}. */
    public Future<Vertx> vertx(VertxOptions options) {
        var bus = new EventBusOptions()
                .setHost(config.host())
                .setPort(config.busPort())
                .setClusterPublicHost(config.host())
                .setClusterPingInterval(PING.toMillis())
                .setClusterPingReplyInterval(PING.toMillis())
                .setConnectTimeout((int) PING.toMillis());
        return Vertx.builder()
                .with(options.setEventBusOptions(bus))
                .withClusterManager(new HazelcastClusterManager(hazelcast))
                .buildClustered();
    }

    /** Returns how many members the cluster has. */
    int size() {
        return hazelcast.getCluster().getMembers().size();
    }

    /** Leaves the cluster. */
    public Future<Void> leave() {
        return blocking("skelly-cluster-leave", () -> {
            hazelcast.shutdown();
            return null;
        });
    }

    /* Before Vert.x is there, and after it is gone, there is no worker pool. */
    private static <T> Future<T> blocking(String name, Callable<T> work) {
        var promise = Promise.<T>promise();
        new Thread(() -> Future.<T>future(ended -> complete(ended, work)).onComplete(promise), name).start();
        return promise.future();
    }

    private static <T> void complete(Promise<T> promise, Callable<T> work) {
        try {
            promise.complete(work.call());
        } catch (Exception e) {
            promise.fail(e);
        }
    }
}
