package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.TestCertificate;
import dev.skelly.testing.WebServer;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
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

    private static HttpResponse<String> get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
