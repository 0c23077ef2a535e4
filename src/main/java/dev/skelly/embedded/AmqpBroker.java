package dev.skelly.embedded;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.config.OwnerOnly;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerCriticalPlugin;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.apache.activemq.artemis.utils.critical.CriticalComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the AMQP 1.0 broker of the jar: Artemis in this process, on the loopback address, with a password and a synced journal.
 *
 * <p>All methods block; safe on any thread.
 */
public final class AmqpBroker implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(AmqpBroker.class);
    private static final int START_SECONDS_MAX = 60; // Reads a truncated journal again.
    private static final String USER = "skelly";

    private final DataFolder folder;
    private final int port;
    private final Consumer<String> onBroken;
    private @Nullable EmbeddedActiveMQ embedded; // Guarded by this.

    /**
     * Creates a broker over {@code broker/} of the data folder, without starting it.
     *
     * @param port 0 for a free one
     * @param onBroken called with the reason when the broker cannot continue (its disk fails, or a part of it hangs). Its guarantees no
     *     longer hold then, so the process should end. May be called on any thread.
     */
    public AmqpBroker(DataFolder folder, int port, Consumer<String> onBroken) {
        this.folder = folder;
        this.port = port;
        this.onBroken = onBroken;
    }

    /**
     * Starts the broker and waits until it accepts connections.
     *
     * @throws IllegalStateException when it does not start
     */
    public synchronized BrokerAddress start() {
        var password = folder.secret("broker.password");
        try {
            var path = folder.path().resolve("broker");
            OwnerOnly.createFolder(path);
            var broker = new EmbeddedActiveMQ()
                    .setConfiguration(EmbeddedBrokerSettings.of(path, port, folder.secret("broker.cluster-password")))
                    .setSecurityManager(login(password));
            embedded = broker;
            broker.createActiveMQServer();
            var failure = listen(broker.getActiveMQServer());
            broker.start();
            awaitActive(broker.getActiveMQServer(), failure);
            broker.getActiveMQServer().getPostOffice().getAddresses().forEach(this::refine);
            return new BrokerAddress("127.0.0.1", actualPort(broker.getActiveMQServer()), USER, password);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the embedded broker does not start", e);
        }
    }

    /** Returns whether the broker takes no messages now, because less disk space is free than it needs. Safe on any thread. */
    public synchronized boolean isBlocked() {
        var broker = embedded;
        var server = broker == null ? null : broker.getActiveMQServer();
        return server != null && server.isActive() && server.getPagingManager().isDiskFull();
    }

    /** Stops the broker cleanly; does nothing when it does not run. */
    @Override
    public synchronized void close() {
        var broker = embedded;
        embedded = null;
        if (broker == null) {
            return;
        }
        try {
            broker.stop();
        } catch (Exception e) {
            LOGGER.atWarn().setCause(e).log("the embedded broker did not stop cleanly");
        }
    }

    private static ActiveMQJAASSecurityManager login(String password) {
        var logins = new SecurityConfiguration();
        logins.addUser(USER, password);
        logins.addRole(USER, EmbeddedBrokerSettings.ROLE);
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), logins);
    }

    private AtomicReference<@Nullable Exception> listen(ActiveMQServer server) {
        var failure = new AtomicReference<@Nullable Exception>();
        server.registerActivationFailureListener(failure::set);
        server.registerIOCriticalErrorListener((cause, message, file) -> onBroken.accept("its disk fails: " + message));
        server.registerPostQueueCreationCallback(this::refine);
        server.registerBrokerPlugin(new ActiveMQServerCriticalPlugin() {
            @Override
            public void criticalFailure(CriticalComponent component) {
                onBroken.accept("it hangs in " + component);
            }
        });
        return failure;
    }

    private static void awaitActive(ActiveMQServer server, AtomicReference<@Nullable Exception> failure)
            throws InterruptedException {
        var active = server.waitForActivation(START_SECONDS_MAX, TimeUnit.SECONDS);
        var cause = failure.get();
        if (!active || cause != null) {
            throw new IllegalStateException("not active after " + START_SECONDS_MAX + " s", cause);
        }
    }

    private static int actualPort(ActiveMQServer server) {
        var acceptor = (NettyAcceptor) server.getRemotingService().getAcceptor("amqp");
        if (!acceptor.isStarted()) {
            throw new IllegalStateException("the port is not open (expected: a free port, or 0)");
        }
        return acceptor.getActualPort();
    }

    /* The first sender or receiver on any node creates a queue. */
    private void refine(SimpleString queue) {
        var name = queue.toString();
        if (name.startsWith(EmbeddedBrokerSettings.WORK)) {
            var worker = name.substring(EmbeddedBrokerSettings.WORK.length());
            server().getAddressSettingsRepository().addMatch(name, EmbeddedBrokerSettings.work(worker));
            declare(EmbeddedBrokerSettings.DEAD + worker);
        }
    }

    private void declare(String queue) {
        try {
            server().createQueue(
                            QueueConfiguration.of(queue)
                                    .setRoutingType(RoutingType.ANYCAST)
                                    .setDurable(true)
                                    .setAutoDelete(false),
                            true);
        } catch (Exception e) {
            throw new IllegalStateException("cannot create queue " + queue, e);
        }
    }

    /** Returns the running server. */
    synchronized ActiveMQServer server() {
        var broker = embedded;
        if (broker == null) {
            throw new IllegalStateException("the embedded broker does not run");
        }
        return broker.getActiveMQServer();
    }
}
