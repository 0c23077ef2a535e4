package dev.skelly.node;

import dev.skelly.cluster.ClusterConfig;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.StartException;
import dev.skelly.embedded.PostgresServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks files, cluster settings and ports before anything is started. A node that fails here has written nothing. Blocks briefly. */
final class PreflightCheck {

    private static final String LOOPBACK = "127.0.0.1";

    private final NodeConfig config;

    private PreflightCheck(NodeConfig config) {
        this.config = config;
    }

    /**
     * Checks the files that the settings name, the database and broker of a cluster, and the ports.
     *
     * @throws InvalidSettingsException listing every invalid file, and a cluster whose nodes share no database or broker
     * @throws StartException when a port is in use
     */
    static void check(NodeConfig config) {
        var check = new PreflightCheck(config);
        var faults = check.files();
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
        check.ports();
    }

    private List<String> files() {
        var faults = new ArrayList<String>();
        if (config.has(NodeRole.HTTP) && config.http().tls()) {
            readable("http.tls-certificate", config.http().tlsCertificate(), faults);
            readable("http.tls-key", config.http().tlsKey(), faults);
        }
        try {
            config.masterKeySource().checkFile();
        } catch (IllegalArgumentException fault) {
            faults.add(String.valueOf(fault.getMessage()));
        }
        if (config.needsDatabase()
                && !config.masterKeySource().admits(config.security().masterKey())) {
            faults.add(
                    "security.master-key: none (expected: base64 of 32 bytes, as by openssl rand -base64 32, because the database of"
                            + " db.url has the signing keys; or security.unsealed-keys=true)");
        }
        shared(faults);
        return faults;
    }

    /* A node with embedded servers of its own would have another log, and a broker that no other node reads. */
    private void shared(List<String> faults) {
        if (!config.cluster().enabled()) {
            if (!config.needsDatabase()) {
                faults.add("roles: none that holds the data, and no cluster (expected: persistence among them, or"
                        + " cluster.enabled and other nodes that have it)");
            }
            return;
        }
        if (config.needsDatabase() && config.database().address().isEmpty()) {
            faults.add("db.url: none (expected: the database that all nodes of the cluster share)");
        }
        if (config.needsBroker() && config.brokerLogin().address().isEmpty()) {
            faults.add("broker.url: none (expected: the broker that all nodes of the cluster share)");
        }
    }

    private static void readable(String key, String file, List<String> faults) {
        if (!Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file))) {
            faults.add(key + ": " + file + " (expected: a file that can be read)");
        }
    }

    private void ports() {
        if (config.cluster().enabled()) {
            cluster(config.cluster());
        }
        if (config.has(NodeRole.HTTP)) {
            free("http.port", config.http().host(), config.http().port());
        }
        if (config.needsDatabase()
                && config.database().address().isEmpty()
                && !PostgresServer.leftRunning(config.data().dir())) {
            free("embedded.database-port", LOOPBACK, config.embedded().databasePort());
        }
        if (config.needsBroker() && config.brokerLogin().address().isEmpty()) {
            free("embedded.broker-port", LOOPBACK, config.embedded().brokerPort());
        }
    }

    private static void cluster(ClusterConfig cluster) {
        var host = new InetSocketAddress(cluster.host(), 0);
        if (host.isUnresolved() || host.getAddress().isAnyLocalAddress() || !canBind(host)) {
            throw new StartException("cluster.host: " + cluster.host() + " (expected: one address of this machine)");
        }
        free("cluster.port", cluster.host(), cluster.port());
        free("cluster.bus-port", cluster.host(), cluster.busPort());
    }

    private static boolean canBind(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /* A port that is taken between this check and the start is reported by the part that needs it. */
    private static void free(String key, String host, int port) {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new StartException("http.host: " + host + " has no address (expected: an address of this machine)");
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // What an ended process left waiting does not count.
            socket.bind(address);
        } catch (BindException e) {
            throw new StartException(key + ": " + port + " on " + host
                    + " cannot be had (expected: a free port on an address of this machine; 0 takes any)");
        } catch (IOException e) {
            throw new StartException(key + ": " + port + " on " + host + " cannot be listened on");
        }
    }
}
