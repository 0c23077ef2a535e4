package dev.skelly.faults;

import dev.skelly.testing.PreparedRun;
import dev.skelly.testing.SkellyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** A database and a broker that nodes share, each a process of its own on its own port, so that it can be killed and come back. */
final class Services implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("(?m)^skelly services ready$");

    private final Path folder;
    private final int databasePort = SkellyProcess.freePort();
    private final int brokerPort = SkellyProcess.freePort();
    private int starts;
    private SkellyProcess database;
    private SkellyProcess broker;

    /** Starts both. */
    Services(Path folder) {
        this.folder = folder;
        PreparedRun.fill(data("database"));
        PreparedRun.fill(data("broker"));
        this.database = begin("database");
        this.broker = begin("broker");
        database.awaitLine(READY);
        broker.awaitLine(READY);
    }

    /* A log file of its own for each start: the ready line of the one before must not be taken for this one's. */
    private SkellyProcess begin(String name) {
        starts++;
        return SkellyProcess.start(
                folder,
                name + "-" + starts,
                List.of(
                        "services",
                        "--only=" + name,
                        "--data.dir=" + data(name),
                        "--embedded.database-port=" + databasePort,
                        "--embedded.broker-port=" + brokerPort));
    }

    private SkellyProcess start(String name) {
        var process = begin(name);
        process.awaitLine(READY);
        return process;
    }

    private Path data(String name) {
        return folder.resolve("data-" + name);
    }

    /* The services make their passwords themselves, at their first start. */
    private String secret(String service, String name) {
        try {
            return Files.readAllLines(data(service).resolve("secrets")).stream()
                    .filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a node has to be told to use them. */
    List<String> settings() {
        return List.of(
                "--db.url=postgresql://127.0.0.1:" + databasePort + "/skelly",
                "--security.unsealed-keys=true",
                "--db.user=skelly",
                "--db.password=" + secret("database", "database.password"),
                "--broker.url=amqp://127.0.0.1:" + brokerPort,
                "--broker.user=skelly",
                "--broker.password=" + secret("broker", "broker.password"));
    }

    int databasePort() {
        return databasePort;
    }

    int brokerPort() {
        return brokerPort;
    }

    /** A connection of the test's own; the caller closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort + "/skelly",
                "skelly",
                secret("database", "database.password"));
    }

    void killDatabase() {
        database.killAll();
    }

    void restartDatabase() {
        database = start("database");
    }

    void killBroker() {
        broker.killAll();
    }

    void restartBroker() {
        broker = start("broker");
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }
}
