package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.TemporaryFolder;
import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over TLS the server speaks HTTP/2, and cookies stay on encrypted connections. */
final class TlsIT {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder = TemporaryFolder.make("skelly-test-tls");

    @AfterEach
    void delete() {
        TemporaryFolder.delete(folder);
    }

    @Test
    void speaksHttp2AndMarksCookiesSecure() throws Exception {
        // Given
        var keys = keys();
        var config = new HttpSettings()
                .tls(
                        "localhost",
                        pem("CERTIFICATE", keys.getCertificate("test").getEncoded()),
                        pem("PRIVATE KEY", keys.getKey("test", PASSWORD).getEncoded()))
                .config();
        try (var server = new WebServer(config, new ToyRoutes().list(), List.of())) {
            var client = HttpClient.newBuilder().sslContext(trusting(keys)).build();

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

    private KeyStore keys() throws IOException, InterruptedException, GeneralSecurityException {
        var store = folder.resolve("test.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(made).isZero();
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    private String pem(String what, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {10}).encodeToString(bytes);
        var file = folder.resolve(what.replace(' ', '-') + ".pem");
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n")
                .toString();
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("test", keys.getCertificate("test"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
