package dev.skelly.node;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.config.SecretValue;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.embedded.RunningPostgres;
import dev.skelly.feature.FieldError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of the node as a whole. */
public final class NodeSettings {

    private NodeSettings() {}

    /**
     * The roles of a node, at the top level.
     *
     * @param roles the roles that it runs
     */
    public record Roles(Set<NodeRole> roles) {

        static final Roles DEFAULT = new Roles(EnumSet.allOf(NodeRole.class));

        /** Rejects a node without roles. */
        public Roles {
            roles = Set.copyOf(roles);
            if (roles.isEmpty()) {
                throw new IllegalArgumentException(
                        "roles: none (expected: some of http, persistence, relay, stream, work)");
            }
        }
    }

    /**
     * The data folder of a node, under {@code data}.
     *
     * @param dir folder of the embedded database, the embedded broker and the outbox
     * @param freeMibMin free MiB on its disk below which {@code /health/ready} says that the node is degraded. The embedded broker
     *     takes no messages below 1 GiB
     */
    public record Folder(Path dir, int freeMibMin) {

        static final Folder DEFAULT = new Folder(Path.of("skelly-data"), 2048);

        /** Rejects an empty path, which would be the working directory, and a negative number. */
        public Folder {
            if (dir.toString().isBlank()) {
                throw new IllegalArgumentException("data.dir: empty (expected: a folder)");
            }
            if (freeMibMin < 0) {
                throw new IllegalArgumentException("data.free-mib-min: " + freeMibMin + " (expected: at least 0)");
            }
        }
    }

    /**
     * The choice of features, under {@code features}.
     *
     * @param dir folder of the jars of features. A missing folder counts as empty
     * @param off names of features that this node does without
     */
    public record FeatureChoice(Path dir, Set<String> off) {

        static final FeatureChoice DEFAULT = new FeatureChoice(Path.of("features"), Set.of());

        /** Rejects an empty path, which would be the working directory. */
        public FeatureChoice {
            off = Set.copyOf(off);
            if (dir.toString().isBlank()) {
                throw new IllegalArgumentException("features.dir: empty (expected: a folder)");
            }
        }
    }

    /**
     * Settings of the start, under {@code start}.
     *
     * @param timeout longest start, from the first part to the ready line; a longer one fails
     */
    public record Start(Duration timeout) {

        static final Start DEFAULT = new Start(Duration.ofMinutes(2));

        /** Rejects a time that is not positive. */
        public Start {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("start.timeout: " + timeout + " (expected: more than 0)");
            }
        }
    }

    /**
     * Settings of the shutdown, under {@code shutdown}.
     *
     * @param grace time from SIGTERM to the exit
     * @param notice time for which a stopping node responds 503 before it closes its port, so that load balancers notice
     */
    public record Shutdown(Duration grace, Duration notice) {

        static final Shutdown DEFAULT = new Shutdown(Duration.ofSeconds(30), Duration.ofSeconds(1));

        /** Rejects a grace that is not positive, and a notice that is not shorter. */
        public Shutdown {
            if (grace.isZero() || grace.isNegative()) {
                throw new IllegalArgumentException("shutdown.grace: " + grace + " (expected: more than 0)");
            }
            if (notice.isNegative() || notice.compareTo(grace) >= 0) {
                throw new IllegalArgumentException(
                        "shutdown.notice: " + notice + " (expected: 0 or more, less than shutdown.grace)");
            }
        }
    }

    /**
     * The embedded servers, which run if no address of another is set, under {@code embedded}.
     *
     * @param databasePort port of PostgreSQL; 0 takes a free one
     * @param brokerPort port of the broker; 0 takes a free one
     */
    public record Embedded(int databasePort, int brokerPort) {

        static final Embedded DEFAULT = new Embedded(0, 0);

        /** Rejects an invalid port. */
        public Embedded {
            port("embedded.database-port", databasePort);
            port("embedded.broker-port", brokerPort);
        }

        private static void port(String key, int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException(key + ": " + port + " (expected: 0 to 65535)");
            }
        }
    }

    /**
     * Address of the database, under {@code db}.
     *
     * @param url {@code postgresql://host:port/database}; empty runs an embedded one
     * @param user the user, if the URL has none
     * @param password the password, if the URL has none
     * @param unsafe whether to accept a database that can lose acknowledged data
     */
    public record Database(String url, String user, SecretValue password, boolean unsafe) {

        static final Database DEFAULT = new Database("", "", SecretValue.NONE, false);

        /** Rejects an invalid address. */
        public Database {
            if (!url.isEmpty()) {
                var unused = DatabaseAddress.parse(url, user, password.value()); // Checks the syntax.
            }
        }

        /** Returns this address, or if none is set that of the embedded database of a running node over the same folder, if any. */
        Database orRunningOver(Path folder) {
            return url.isEmpty()
                    ? RunningPostgres.over(folder).map(Database::of).orElse(this)
                    : this;
        }

        private static Database of(DatabaseAddress at) {
            var url = "postgresql://" + at.host() + ":" + at.port() + "/" + at.database();
            return new Database(url, at.user(), new SecretValue(at.password()), false);
        }

        /** Returns the address; empty for the embedded database. */
        public Optional<DatabaseAddress> address() {
            return url.isEmpty() ? Optional.empty() : Optional.of(DatabaseAddress.parse(url, user, password.value()));
        }
    }

    /**
     * Address of the broker, under {@code broker}.
     *
     * @param url {@code amqp://host:port}; empty runs an embedded one
     * @param user the user, if the URL has none
     * @param password the password, if the URL has none
     */
    public record Broker(String url, String user, SecretValue password) {

        static final Broker DEFAULT = new Broker("", "", SecretValue.NONE);

        /** Rejects an invalid address. */
        public Broker {
            if (!url.isEmpty()) {
                var unused = BrokerAddress.parse(url, user, password.value()); // Checks the syntax.
            }
        }

        Optional<BrokerAddress> address() {
            return url.isEmpty() ? Optional.empty() : Optional.of(BrokerAddress.parse(url, user, password.value()));
        }
    }

    /**
     * The administrator made at the first start, under {@code admin}; empty for none.
     *
     * @param email the address
     * @param password the password
     */
    public record Administrator(String email, SecretValue password) {

        static final Administrator DEFAULT = new Administrator("", SecretValue.NONE);

        /** Rejects one without the other. */
        public Administrator {
            if (email.isEmpty() == password.present()) {
                throw new IllegalArgumentException("admin.email, admin.password: only one (expected: both or none)");
            }
        }

        /** Returns the errors that the accounts feature would report, one sentence each. */
        List<String> faults() {
            return email.isEmpty()
                    ? List.of()
                    : Features.userFaults(email, password.value()).stream()
                            .map(fault -> fault.pointer().endsWith("email")
                                    ? "admin.email: " + email + said(fault)
                                    : "admin.password: not shown" + said(fault))
                            .toList();
        }

        private static String said(FieldError fault) {
            return " (" + fault.detail().replaceFirst("^must", "expected: to") + ")";
        }
    }
}
