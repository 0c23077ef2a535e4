package dev.skelly.http;

import dev.skelly.config.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate of the server and its key. Both files are read at the start, and again after either changed. */
final class TlsCertificate {

    private static final Logger LOGGER = LoggerFactory.getLogger(TlsCertificate.class);
    private static final long POLL_MILLIS = 1_000;
    private static final byte[] PROBE = {1, 2, 3};
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /* Of TLS 1.2 only those with forward secrecy and authenticated encryption: padding of CBC has leaked again and again. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** The content of both files. */
    private record Pair(Buffer certificate, Buffer key) {}

    private final HttpConfig config;
    private @Nullable Pair seen; // These two are confined to the context that reads and watches.
    private @Nullable Pair changed;

    TlsCertificate(HttpConfig config) {
        this.config = config;
    }

    /**
     * Reads both files.
     *
     * @return the options of a server; fails with {@link StartException} when the files cannot be read or are not a pair
     */
    Future<ServerSSLOptions> read(Vertx vertx) {
        return vertx.executeBlocking(this::content)
                .onSuccess(content -> seen = content)
                .compose(content -> vertx.executeBlocking(() -> options(vertx, content)))
                .recover(
                        failure -> Future.failedFuture(
                                new StartException(
                                        "http.tls-certificate, http.tls-key: " + failure.getMessage()
                                                + " (expected: PEM files of a certificate chain and of the key of its first certificate)")));
    }

    /** Calls {@code next} with the options of each later pair of files. Keeps the present one while a changed one cannot be used. */
    void watch(Vertx vertx, Consumer<ServerSSLOptions> next) {
        vertx.setPeriodic(
                POLL_MILLIS,
                tick -> vertx.executeBlocking(this::content)
                        .compose(content -> settled(content)
                                ? vertx.executeBlocking(() -> options(vertx, content))
                                        .onSuccess(next::accept)
                                : Future.succeededFuture())
                        .onSuccess(options -> {
                            if (options != null) {
                                LOGGER.atInfo().log("the changed certificate is used for new connections");
                            }
                        })
                        .onFailure(failure -> LOGGER.atWarn()
                                .addKeyValue("reason", failure.getMessage())
                                .log("the changed certificate cannot be used; the earlier one stays")));
    }

    /* Two files do not change at once: only what two polls in a row have found is taken, and once. */
    private boolean settled(Pair content) {
        if (content.equals(seen)) {
            changed = null;
            return false;
        }
        if (!content.equals(changed)) {
            changed = content;
            return false;
        }
        seen = content;
        return true;
    }

    private Pair content() throws IOException {
        return new Pair(
                Buffer.buffer(Files.readAllBytes(Path.of(config.tlsCertificate()))),
                Buffer.buffer(Files.readAllBytes(Path.of(config.tlsKey()))));
    }

    private ServerSSLOptions options(Vertx vertx, Pair content) throws Exception {
        var pem = new PemKeyCertOptions().setCertValue(content.certificate()).setKeyValue(content.key());
        requirePair((X509KeyManager) pem.getKeyManagerFactory(vertx).getKeyManagers()[0]);
        var options = new ServerSSLOptions();
        CIPHER_SUITES.forEach(options::addEnabledCipherSuite);
        // A connection is known to the deadlines only after its handshake, so the server itself must limit it.
        return options.setKeyCertOptions(pem)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
                .setSslHandshakeTimeout(config.headerDeadline().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /* A key of another certificate is noticed by nothing else before the first handshake fails. */
    private static void requirePair(X509KeyManager keys) throws GeneralSecurityException {
        var alias = SIGNATURES.keySet().stream()
                .flatMap(type -> Stream.ofNullable(keys.getServerAliases(type, null)))
                .flatMap(Stream::of)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no certificate with a key of RSA, EC or EdDSA"));
        if (!fit(keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0].getPublicKey())) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }

    private static boolean fit(PrivateKey secret, PublicKey published) throws GeneralSecurityException {
        if (!secret.getAlgorithm().equals(published.getAlgorithm())) {
            return false;
        }
        var signature = Signature.getInstance(SIGNATURES.get(published.getAlgorithm()));
        signature.initSign(secret);
        signature.update(PROBE);
        var signed = signature.sign();
        signature.initVerify(published);
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
