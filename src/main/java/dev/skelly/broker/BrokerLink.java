package dev.skelly.broker;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps one connection to the broker, reopened for as long as the link is open. Opened, used and closed on one context, on which its user
 * is called, too.
 */
public final class BrokerLink {

    /** The user of a link. */
    public interface User {

        /** Called when a connection is open: the user opens senders and receivers on it. */
        void connected(AmqpConnection connection);

        /** Called when the connection is lost, and with it every sender, receiver and unsettled message. */
        void disconnected();
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(BrokerLink.class);

    /*
     * The library expects a frame within two of its intervals, but looks only then, and starts anew if one came since it last looked: silence
     * lasts up to four intervals before it closes. Two heartbeats are promised.
     */
    private static final int LIBRARY_INTERVALS = 2;

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Vertx vertx;
    private final BrokerAddress address;
    private final BrokerConfig config;
    private final String name;
    private final Clock clock;
    private final AmqpClient client;
    private final ReconnectBackoff backoff;
    private final User user;
    private volatile BrokerLinkState state;
    private @Nullable AmqpConnection connection; // Confined to the opening context, like the fields below.
    private boolean open;
    private boolean everUp;
    private long openedNanos;
    private long generation;

    /**
     * Creates a link that is not open yet.
     *
     * @param name of the user, shown to the broker's operator and in logs
     */
    public BrokerLink(
            Vertx vertx,
            BrokerAddress address,
            BrokerConfig config,
            String name,
            User user,
            Clock clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.address = address;
        this.config = config;
        this.name = name;
        this.user = user;
        this.clock = clock;
        this.client = AmqpClient.create(vertx, options(address, config));
        this.backoff = new ReconnectBackoff(config.retryFirst(), config.retryMax(), random);
        this.state = new BrokerLinkState(false, clock.instant());
    }

    private static AmqpClientOptions options(BrokerAddress address, BrokerConfig config) {
        var options = new AmqpClientOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setHeartbeat(Math.max(1, (int) config.heartbeat().toMillis() / LIBRARY_INTERVALS))
                .setConnectTimeout((int) config.openTimeout().toMillis())
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setSsl(address.tls());
        options = address.tls() ? options.setHostnameVerificationAlgorithm("HTTPS") : options;
        return address.user().isEmpty()
                ? options
                : options.setUsername(address.user()).setPassword(address.password());
    }

    /** Starts to connect; the first attempt runs when this returns. */
    public void open() {
        open = true;
        openedNanos = System.nanoTime();
        connect();
    }

    /** Returns whether the broker is reachable now. Safe on any thread. */
    public BrokerLinkState state() {
        return state;
    }

    /** Drops a connection that does not respond and opens a new one. */
    public void renew(String why) {
        var dropped = connection;
        if (dropped != null) {
            LOGGER.atWarn()
                    .addKeyValue("link", name)
                    .addKeyValue("why", why)
                    .log("dropping the connection to the broker");
            lost(generation);
            close(dropped);
        }
    }

    /** Closes the link for good; unsettled messages return to the broker. */
    public Future<Void> close() {
        open = false;
        connection = null;
        generation++;
        enter(false);
        return client.close().timeout(config.openTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void connect() {
        var mine = ++generation;
        var attempt = client.connect();
        attempt.timeout(config.openTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(made -> connected(made, mine))
                .onFailure(failure -> failed(failure, attempt, mine));
    }

    private void connected(AmqpConnection made, long mine) {
        if (!open || mine != generation) {
            close(made);
            return;
        }
        connection = made;
        everUp = true;
        backoff.reset();
        enter(true);
        LOGGER.atInfo().addKeyValue("link", name).addKeyValue("broker", address).log("connected to the broker");
        made.closeFuture().onComplete(ended -> lost(mine));
        user.connected(made);
    }

    private void failed(Throwable failure, Future<AmqpConnection> attempt, long mine) {
        attempt.onSuccess(BrokerLink::close); // Too late to be used.
        if (open && mine == generation) {
            LOGGER.atLevel(isStarting() ? Level.INFO : Level.WARN)
                    .addKeyValue("link", name)
                    .addKeyValue("broker", address)
                    .addKeyValue("cause", failure.toString())
                    .log("the broker cannot be reached, will try again");
            later(mine);
        }
    }

    /* A broker that starts at the same time is merely not there yet. */
    private boolean isStarting() {
        return !everUp && System.nanoTime() - openedNanos < START_NANOS;
    }

    private void lost(long mine) {
        if (!open || mine != generation || connection == null) {
            return;
        }
        connection = null;
        enter(false);
        LOGGER.atWarn().addKeyValue("link", name).log("the connection to the broker is lost, will connect again");
        user.disconnected();
        later(mine);
    }

    private void later(long mine) {
        vertx.setTimer(backoff.nextMillis(), timer -> {
            if (open && mine == generation) {
                connect();
            }
        });
    }

    private void enter(boolean up) {
        if (state.up() != up) {
            state = new BrokerLinkState(up, clock.instant());
        }
    }

    private static void close(AmqpConnection unwanted) {
        unwanted.close()
                .onFailure(failure ->
                        LOGGER.atDebug().setCause(failure).log("a connection was closed by both sides at once"));
    }
}
