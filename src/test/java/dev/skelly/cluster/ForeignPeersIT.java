package dev.skelly.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.skelly.config.SecretValue;
import dev.skelly.config.StartException;
import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.LogLines;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes to the port of Hazelcast and is no node of the cluster. */
class ForeignPeersIT {

    private static final int BOMB_DEPTH = 30; // Each level doubles the time to read it: minutes.

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final int port = SkellyProcess.freePort();
    private ClusterMember member;

    @BeforeEach
    void start() {
        member = Waiting.on(ClusterMember.join(config(port, ClusterSettings.SECRET), meters));
    }

    @AfterEach
    void stop() {
        Waiting.on(member.leave());
    }

    private ClusterConfig config(int own, String secret) {
        return new ClusterConfig(
                true,
                "127.0.0.1",
                own,
                0,
                List.of("127.0.0.1:" + port),
                "skelly",
                new SecretValue(secret),
                Duration.ofSeconds(30));
    }

    private double refused(String kind) {
        return meters.get("skelly.cluster.refused").tag("kind", kind).counter().count();
    }

    @Test
    void listensAtItsAddressOnly() throws Exception {
        try (var here = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            assertThat(here.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void refusesAMemberWithoutASecret() {
        try (var log = LogLines.of(RefusedPeers.class)) {
            for (var n = 0; n < 2; n++) {
                assertThatThrownBy(() -> Hazelcast.newHazelcastInstance(stranger()))
                        .isInstanceOf(IllegalStateException.class);
            }

            assertThat(refused("joining")).isGreaterThanOrEqualTo(2);
            assertThat(member.size()).isEqualTo(1);
            assertThat(log.lines()).singleElement().asString().contains("no proof of cluster.secret");
        }
    }

    private Config stranger() {
        var config = new Config().setClusterName("skelly");
        config.getNetworkConfig().setPort(SkellyProcess.freePort()).setPortAutoIncrement(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + port);
        return config;
    }

    @Test
    void refusesANodeWithAnotherSecretAndBothSaySo() {
        try (var log = LogLines.of(RefusedPeers.class)) {
            var other = config(SkellyProcess.freePort(), "another secret of at least 32 characters");

            assertThatThrownBy(() -> Waiting.on(ClusterMember.join(other, new SimpleMeterRegistry())))
                    .hasRootCauseInstanceOf(StartException.class)
                    .hasStackTraceContaining("cluster.members: a member refused this node")
                    .hasStackTraceContaining("the same cluster.secret");
            assertThat(log.lines()).singleElement().asString().contains("or of another secret");
            assertThat(member.size()).isEqualTo(1);
        }
    }

    @Test
    void acceptsANodeWhileTheSecretIsChanged() {
        var other =
                config(SkellyProcess.freePort(), ClusterSettings.SECRET + ",the next secret of this cluster of tests");
        var joined = Waiting.on(ClusterMember.join(other, meters));
        try {
            await().until(() -> member.size() == 2);
            assertThat(refused("member") + refused("joining")).isZero();
        } finally {
            Waiting.on(joined.leave());
        }
    }

    @Test
    void speaksNoProtocolOfClients() {
        try (var log = LogLines.of(RefusedPeers.class)) {
            var client = new ClientConfig().setClusterName("skelly");
            client.getNetworkConfig().addAddress("127.0.0.1:" + port);
            client.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(1);

            assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(client))
                    .isInstanceOf(IllegalStateException.class);

            await().until(() -> refused("connection") > 0);
            assertThat(log.lines()).singleElement().asString().contains("closed");
        }
    }

    @Test
    void logsOneLineForGarbage() throws Exception {
        try (var log = LogLines.of(HazelcastLog.class);
                var refusals = LogLines.of(RefusedPeers.class)) {
            for (var n = 0; n < 5; n++) {
                garbage("GET / HTTP/1.1\r\n\r\n");
                garbage("HZC" + "\uffff".repeat(100));
            }

            await().until(() -> refused("connection") >= 5);
            assertThat(refusals.lines()).hasSize(1);
            assertThat(log.lines()).allMatch(line -> line.lines().count() == 1).doesNotHaveDuplicates();
            assertThat(member.size()).isEqualTo(1);
        }
    }

    /* Until the member hangs up, or has nothing to say. */
    private void garbage(String text) throws IOException {
        try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
        } catch (SocketException | SocketTimeoutException ended) {
            assertThat(member.size()).isEqualTo(1);
        }
    }

    /** Makes it known when it is constructed, which a class does that another member merely names. */
    public static final class Constructed implements DataSerializable {

        private static final AtomicBoolean RAN = new AtomicBoolean();

        public Constructed() {
            RAN.set(true);
        }

        @Override
        public void writeData(ObjectDataOutput out) {}

        @Override
        public void readData(ObjectDataInput in) {}
    }

    @Test
    void readsNoClassThatIsNotOfTheCluster() {
        var theirs = new DefaultSerializationServiceBuilder().build();
        var settings = MemberSettings.of(
                config(port, ClusterSettings.SECRET),
                config(port, ClusterSettings.SECRET).keys());
        var ours = new DefaultSerializationServiceBuilder()
                .setConfig(settings.getSerializationConfig())
                .setClassLoader(settings.getClassLoader())
                .build();
        var named = theirs.toData(new Constructed());
        Constructed.RAN.set(false);

        assertThatThrownBy(() -> ours.toObject(named)).hasStackTraceContaining("expected: one that members");
        assertThat(Constructed.RAN).isFalse();
        assertThatThrownBy(() -> ours.toObject(theirs.toData(new IllegalStateException("told", new Bombed(bomb())))))
                .hasStackTraceContaining("Bombed");
        assertThat(ours.<Object>toObject(theirs.toData(new IllegalStateException("told"))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static final class Bombed extends RuntimeException {

        private static final long serialVersionUID = 1;

        @SuppressWarnings({"unused", "UnusedVariable"}) // Sent, and never read.
        private final Serializable content;

        Bombed(Serializable content) {
            this.content = content;
        }
    }

    private static Serializable bomb() {
        var root = new HashSet<Object>();
        var one = root;
        var two = new HashSet<Object>();
        for (var depth = 0; depth < BOMB_DEPTH; depth++) {
            var nextOne = new HashSet<Object>();
            var nextTwo = new HashSet<Object>(List.of("x"));
            one.add(nextOne);
            one.add(nextTwo);
            two.add(nextOne);
            two.add(nextTwo);
            one = nextOne;
            two = nextTwo;
        }
        return root;
    }
}
