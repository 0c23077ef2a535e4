package dev.skelly.testing;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.testkit.TemporaryFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/**
 * A real broker that knows nothing of the product but {@code docker/broker/broker.xml}, with a login of the role that the image gives, on a
 * free port of this machine and in a folder of its own. Blocks; close it.
 */
public final class OwnBroker implements AutoCloseable {

    private static final String USER = "skelly";
    private static final String PASSWORD = "a password of the test";
    private static final int START_SECONDS_MAX = 60;

    private final Path folder = TemporaryFolder.make("skelly-test-own-broker");
    private final EmbeddedActiveMQ broker;

    private OwnBroker() throws Exception {
        var logins = new SecurityConfiguration();
        logins.addUser(USER, PASSWORD);
        logins.addRole(USER, "amq");
        broker = new EmbeddedActiveMQ()
                .setConfiguration(here(settings()))
                .setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), logins));
    }

    /** Takes connections when this returns. */
    public static OwnBroker start() throws Exception {
        var started = new OwnBroker();
        started.broker.start();
        if (!started.broker.getActiveMQServer().waitForActivation(START_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("the broker is not active after " + START_SECONDS_MAX + " s");
        }
        return started;
    }

    /** What the file says, as the broker reads it. */
    public static FileConfiguration settings() throws Exception {
        var file = new FileConfiguration();
        var uri = Path.of("docker", "broker", "broker.xml").toUri().toString();
        new FileDeploymentManager(uri).addDeployable(file).readConfiguration();
        return file;
    }

    /* Only where it is and what it shares with others in this process. */
    private FileConfiguration here(FileConfiguration file) {
        file.setBrokerInstance(folder.toFile());
        file.setJMXManagementEnabled(false);
        file.setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.SHUTDOWN);
        file.setAcceptorConfigurations(Set.copyOf(file.getAcceptorConfigurations().stream()
                .map(OwnBroker::onAFreePort)
                .toList()));
        return file;
    }

    private static TransportConfiguration onAFreePort(TransportConfiguration acceptor) {
        acceptor.getParams().putAll(Map.of("host", "127.0.0.1", "port", "0"));
        return acceptor;
    }

    /** Where it is, and who we are there. */
    public BrokerAddress address() {
        var acceptor =
                (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("amqp");
        return new BrokerAddress("127.0.0.1", acceptor.getActualPort(), USER, PASSWORD);
    }

    @Override
    public void close() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new AssertionError("the broker does not stop", e);
        }
        TemporaryFolder.delete(folder);
    }
}
