package dev.skelly.http;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.skelly.LogLines;
import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.TestCertificate;
import dev.skelly.testing.WebServer;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over TLS the server speaks HTTP/2, and cookies stay on encrypted connections. */
final class TlsIT {

    private final Path folder = TemporaryFolder.make("skelly-test-tls");

    @AfterEach
    void delete() {
        TemporaryFolder.delete(folder);
    }

    @Test
    void speaksHttp2AndMarksCookiesSecure() throws Exception {
        // Given
        var own = TestCertificate.make(folder, "localhost");
        var config = new HttpSettings()
                .tls("localhost", own.certificate(), own.key())
                .config();
        try (var server = new WebServer(config, new ToyRoutes().list(), List.of())) {
            var client = HttpClient.newBuilder().sslContext(own.trusted()).build();

            // When
            var answer = get(client, server.server().url() + "/api/cookie");
            server.lifecycle().drain();
            var draining = get(client, server.server().url() + "/api/cookie");

            // Then
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
            assertThat(draining.statusCode()).isEqualTo(503);
        }
    }

    @Test
    void offersNoSuiteWithBlockChaining() throws Exception {
        // Given
        var own = TestCertificate.make(folder, "localhost");
        var config = new HttpSettings()
                .tls("localhost", own.certificate(), own.key())
                .config();
        try (var server = new WebServer(config, new ToyRoutes().list(), List.of())) {
            // When
            var chaining = catchThrowable(() -> shake(server, own, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"));
            var counting = shake(server, own, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");

            // Then
            assertThat(chaining).isInstanceOf(SSLException.class);
            assertThat(counting.getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        }
    }

    @Test
    void usesAChangedCertificateOnceItIsWhole() throws Exception {
        // Given
        var own = TestCertificate.make(folder, "localhost");
        var next = TestCertificate.make(Files.createDirectory(folder.resolve("next")), "localhost");
        var config = new HttpSettings()
                .tls("localhost", own.certificate(), own.key())
                .config();
        try (var lines = new LogLines();
                var server = new WebServer(config, new ToyRoutes().list(), List.of())) {
            // When
            Files.copy(Path.of(next.certificate()), Path.of(own.certificate()), REPLACE_EXISTING);
            await().until(() -> lines.text().contains("the earlier one stays"));
            var between = shake(server, own, "TLS_AES_128_GCM_SHA256");
            Files.copy(Path.of(next.key()), Path.of(own.key()), REPLACE_EXISTING);

            // Then
            assertThat(between.isValid()).isTrue();
            await().ignoreExceptionsInstanceOf(SSLException.class)
                    .until(() -> shake(server, next, "TLS_AES_128_GCM_SHA256").isValid());
            var client = HttpClient.newBuilder().sslContext(next.trusted()).build();
            assertThat(get(client, server.server().url() + "/api/cookie").version())
                    .isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void startsWithNoForeignKey() throws Exception {
        // Given
        var own = TestCertificate.make(folder, "localhost");
        var other = TestCertificate.make(Files.createDirectory(folder.resolve("other")), "localhost");
        var config = new HttpSettings()
                .tls("localhost", own.certificate(), other.key())
                .config();

        // When
        var failure = catchThrowable(() -> new WebServer(config, List.of(), List.of()));

        // Then
        assertThat(failure).hasStackTraceContaining("the key is not that of the certificate");
    }

    private static SSLSession shake(WebServer server, TestCertificate trusted, String suite) throws IOException {
        var port = server.server().port();
        try (var socket = (SSLSocket) trusted.trusted().getSocketFactory().createSocket("localhost", port)) {
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return socket.getSession();
        }
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
