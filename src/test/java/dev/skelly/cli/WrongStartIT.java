package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.ClusterSettings;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot start says so in one line for each reason, with the right code, before it has written anything. */
class WrongStartIT {

    private static final Duration END_WITHIN = Waiting.LIMIT;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    private void refused(int code, List<String> flags, String... lines) {
        try (var process = SkellyProcess.start(folder, "run", flags)) {
            assertThat(process.exitCode(END_WITHIN)).as(process.output()).isEqualTo(code);
            assertThat(process.output().lines()).containsExactly(lines);
        }
        assertThat(folder.resolve("skelly-data/postgres")).doesNotExist();
        assertThat(folder.resolve("skelly-data/artemis")).doesNotExist();
    }

    @Test
    void aPortInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            refused(
                    FAILURE,
                    List.of("--http.port=" + port),
                    "skelly: http.port: " + port
                            + " on 127.0.0.1 cannot be had (expected: a free port on an address of this"
                            + " machine; 0 takes any)");
        }
        assertThat(folder.resolve("skelly-data")).doesNotExist();
    }

    @Test
    void wrongDeclarationsOfEvents() throws IOException {
        Files.createDirectories(folder.resolve("conf/events"));
        Files.writeString(folder.resolve("conf/events/a.yaml"), "types:\n  - name: cart.opened\n");
        Files.writeString(folder.resolve("conf/events/b.yaml"), "types: [\n");
        refused(
                USAGE,
                List.of("--http.port=0"),
                "conf/events/a.yaml: #/types/0/meaning must be given",
                "conf/events/a.yaml: #/types/0/data must be given",
                "conf/events/a.yaml: #/types/0/audience must be given",
                "conf/events/b.yaml: is no YAML; see line 1");
        assertThat(folder.resolve("skelly-data")).doesNotExist();
    }

    @Test
    void filesThatAreNotThere() {
        refused(
                USAGE,
                List.of("--http.port=0", "--http.tls-certificate=no.pem", "--http.tls-key=no.key"),
                "http.tls-certificate: no.pem (expected: a file that can be read)",
                "http.tls-key: no.key (expected: a file that can be read)");
        assertThat(folder.resolve("skelly-data")).doesNotExist();
    }

    @Test
    void aNodeThatNobodyServes() {
        refused(
                USAGE,
                List.of("--http.port=0", "--roles=http,stream"),
                "roles: none that holds the data, and no cluster (expected: persistence among them, or"
                        + " cluster.enabled and other nodes that have it)");
        assertThat(folder.resolve("skelly-data")).doesNotExist();
    }

    @Test
    void aClusterThatSharesNothing() {
        refused(
                USAGE,
                List.of("--http.port=0", "--cluster.enabled=true", "--cluster.secret=" + ClusterSettings.SECRET),
                "db.url: none (expected: the database that all nodes of the cluster share)",
                "broker.url: none (expected: the broker that all nodes of the cluster share)");
        assertThat(folder.resolve("skelly-data")).doesNotExist();
    }

    @Test
    void aClusterWithoutASecret() {
        refused(
                USAGE,
                List.of("--http.port=0", "--cluster.enabled=true"),
                "cluster.secret: none (expected: at least 32 characters, the same on all nodes, e.g. the output of openssl"
                        + " rand -base64 32)");
    }

    @Test
    void aClusterAtAnAddressOfAnotherMachine() {
        refused(
                FAILURE,
                clusterAt("192.0.2.1"),
                "skelly: cluster.host: 192.0.2.1 (expected: one address of this machine)");
    }

    @Test
    void aClusterAtEveryAddress() {
        refused(FAILURE, clusterAt("0.0.0.0"), "skelly: cluster.host: 0.0.0.0 (expected: one address of this machine)");
    }

    @Test
    void aClusterAtANameWithoutAnAddress() {
        refused(
                FAILURE,
                clusterAt("no-such-host.invalid"),
                "skelly: cluster.host: no-such-host.invalid (expected: one address of this machine)");
    }

    private static List<String> clusterAt(String host) {
        return List.of(
                "--http.port=0",
                "--cluster.enabled=true",
                "--cluster.secret=" + ClusterSettings.SECRET,
                "--cluster.host=" + host,
                "--db.url=postgresql://127.0.0.1:1/skelly",
                "--security.unsealed-keys=true",
                "--broker.url=amqp://127.0.0.1:1");
    }

    @Test
    void noMasterKeyForADatabaseElsewhere() {
        refused(
                USAGE,
                List.of("--http.port=0", "--db.url=postgresql://127.0.0.1:1/skelly"),
                "security.master-key: none (expected: base64 of 32 bytes, as by openssl rand -base64 32, because the database of db.url"
                        + " has the signing keys; or security.unsealed-keys=true)");
    }

    @Test
    void aMasterKeyThatIsNone() throws IOException {
        Files.createDirectories(folder.resolve("skelly-data"));
        Files.writeString(folder.resolve("skelly-data/master-key"), "short");
        refused(
                USAGE,
                List.of("--http.port=0"),
                "skelly-data/master-key: not shown (expected: base64 of 32 bytes, or several with commas)");
    }

    @Test
    void aDataFolderThatCannotBe() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        var dir = folder.toRealPath().resolve("file/data");
        refused(
                FAILURE,
                List.of("--http.port=0", "--data.dir=" + dir),
                "skelly: data.dir: " + dir + " (expected: a folder that can be written)");
    }
}
