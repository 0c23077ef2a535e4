package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.testing.ChaosProxy;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Torture;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two nodes lose each other, in one direction or both, while each of them reaches the database and the broker (catalogue ). In the
 * torture only, as a node gives another up after 20 s.
 */
class NetworkSplitIT {

    /* A node compares its newest position with the log's every five seconds. */
    private static final Duration LAG_MAX = Duration.ofSeconds(6);
    private static final Duration BUS_WITHIN = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofSeconds(3);

    @ParameterizedTest
    @CsvSource({"false, 10", "false, 60", "true, 60"})
    void streamsOfBothSidesGoOnAndTheBusHeals(
            boolean oneWay, int seconds, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        assumeTrue(Torture.ON, "a split takes minutes to tell anything: scripts/torture split");
        var missing = SplitNetwork.missing();
        assumeTrue(missing.isEmpty(), () -> "needs network namespaces and nft: " + missing.orElse(""));
        BusProbe.declare(folder);
        try (var network = new SplitNetwork(2);
                var stage = Stage.empty(folder, 2);
                var database = forwarder(network, stage.services().databasePort());
                var broker = forwarder(network, stage.services().brokerPort())) {
            // Given
            for (var n = 0; n < 2; n++) {
                start(stage, network, n, database, broker);
            }
            stage.populate();
            var person = stage.crowd().people().get(0);
            probe(stage, person);

            // When
            try (var watch = new LagWatch(stage, stage.crowd().people().get(1))) {
                cut(network, oneWay);
                watch.work(Duration.ofSeconds(seconds));
                heal(network, oneWay);
                var bus = probe(stage, person);
                watch.work(SETTLED);
                var verdict = stage.settle();

                // Then
                var figures = "\"oneWay\":" + oneWay + ",\"seconds\":" + seconds + ",\"lag\":" + watch.lags()
                        + ",\"busMs\":" + bus.toMillis();
                stage.report("network split", figures, verdict);
                assertThat(verdict.green()).as(verdict.toString()).isTrue();
                Torture.promise(
                        "an event reaches both sides of a split", watch.lags().at(1), LAG_MAX);
                Torture.promise("the bus is whole again", bus, BUS_WITHIN);
            }
        }
    }

    private static void cut(SplitNetwork network, boolean oneWay) {
        network.deafen(0, 1);
        if (!oneWay) {
            network.deafen(1, 0);
        }
    }

    private static void heal(SplitNetwork network, boolean oneWay) {
        network.heal(0);
        if (!oneWay) {
            network.heal(1);
        }
    }

    @CanIgnoreReturnValue // before the split it only has to work
    private static Duration probe(Stage stage, Person person) {
        var began = System.nanoTime();
        try (var after = new BusProbe(stage, person)) {
            after.awaitAll();
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static ChaosProxy forwarder(SplitNetwork network, int port) throws Exception {
        return new ChaosProxy(InetAddress.getByName(network.outside()), port);
    }

    private static void start(Stage stage, SplitNetwork network, int n, ChaosProxy database, ChaosProxy broker) {
        var settings = List.of(
                "--db.url=postgresql://" + network.outside() + ":" + database.port() + "/skelly?sslmode=disable",
                "--broker.url=amqp://" + network.outside() + ":" + broker.port(),
                "--http.host=" + network.host(n),
                "--cluster.host=" + network.host(n),
                "--cluster.port=5701",
                "--cluster.members=" + network.host(0) + ":5701," + network.host(1) + ":5701");
        stage.startNode(
                n,
                settings,
                (folder, name, arguments) -> SkellyProcess.startIn(network.command(n), folder, name, arguments));
    }
}
