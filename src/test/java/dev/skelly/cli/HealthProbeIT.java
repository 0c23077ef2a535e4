package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.Settings;
import dev.skelly.testing.TestCertificate;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code skelly health} asks the node that there is, as it can be asked, and says whom it asked. */
class HealthProbeIT {

    @TempDir
    private static Path folder;

    private static TestCertificate own;
    private static TestCertificate other;
    private static WholeNode node;

    private final StringWriter said = new StringWriter();
    private final HealthProbe question = new HealthProbe(new PrintWriter(said, true));

    @BeforeAll
    static void start() throws Exception {
        own = TestCertificate.make(folder, "app.example.org");
        other = TestCertificate.make(folder, "other.example.org");
        node = WholeNode.start(Map.of("http.tls-certificate", own.certificate(), "http.tls-key", own.key()));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void asksANodeThatServesTlsByItsOwnCertificate() throws IOException {
        // When
        var code = question.ask(listening("127.0.0.1", own.certificate()));

        // Then
        assertThat(said).hasToString("ready" + System.lineSeparator());
        assertThat(code).isZero();
    }

    @Test
    void believesNobodyWithAnotherCertificate() throws IOException {
        // When
        var code = question.ask(listening("127.0.0.1", other.certificate()));

        // Then
        assertThat(code).isEqualTo(Program.UNHEALTHY);
        assertThat(said.toString())
                .startsWith("no answer from " + node.url() + "/health/ready: ")
                .contains("another certificate than that of http.tls-certificate");
    }

    @Test
    void believesNobodyElseWhomJavaDoesNotTrust() {
        // When
        var code = question.ask(node.url());

        // Then
        assertThat(code).isEqualTo(Program.UNHEALTHY);
        assertThat(said.toString())
                .startsWith("no answer from " + node.url() + "/health/ready: ")
                .contains("certification path");
    }

    @Test
    void saysWhatItAskedWhenTheSettingsAreAnotherNodes() throws IOException {
        // When
        var code = question.ask(listening("127.0.0.1", ""));

        // Then
        assertThat(code).isEqualTo(Program.UNHEALTHY);
        assertThat(said.toString()).startsWith("no answer from http://127.0.0.1:" + port() + "/health/ready: ");
    }

    @Test
    void saysThatACertificateCannotBeRead() throws IOException {
        // Given
        var settings = listening("127.0.0.1", folder.resolve("gone.pem").toString());

        // Then
        assertThatThrownBy(() -> question.ask(settings))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        fault -> assertThat(fault.faults()).first().asString().startsWith("http.tls-certificate: "));
    }

    @Test
    void putsAnAddressOfVersionSixInBrackets() throws IOException {
        assertThat(HealthProbe.url(settings(Map.of("http.host", "fd00::2", "http.port", "8443"))))
                .isEqualTo("http://[fd00::2]:8443");
    }

    @Test
    void asksByAnAddressOfVersionSix() throws IOException {
        // Given
        var bytes = new byte[16];
        bytes[15] = 1;
        var loopback = InetAddress.getByAddress(bytes);
        assumeThat(NetworkInterface.getByInetAddress(loopback))
                .as("an address of version 6 on this machine")
                .isNotNull();
        var server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        var port = server.getAddress().getPort();

        // When
        var code = question.ask(settings(Map.of("http.host", "::1", "http.port", "" + port)));
        server.stop(0);

        // Then
        assertThat(code).isEqualTo(Program.UNHEALTHY);
        assertThat(said)
                .hasToString(
                        "not ready, status 503 from http://[::1]:" + port + "/health/ready" + System.lineSeparator());
    }

    private static int port() {
        return URI.create(node.url()).getPort();
    }

    private static Settings listening(String host, String certificate) throws IOException {
        return settings(Map.of("http.host", host, "http.port", "" + port(), "http.tls-certificate", certificate));
    }

    private static Settings settings(Map<String, String> flags) throws IOException {
        return Settings.load(new HashMap<>(flags), Map.of(), Files.writeString(folder.resolve("empty.yaml"), ""));
    }
}
