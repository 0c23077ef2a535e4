package dev.skelly.cli;

import dev.skelly.config.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts only the certificate that a node serves, regardless of its issuer: connected by a local address, a node cannot be verified by name.
 */
final class PinnedCertificate implements X509TrustManager {

    private final Certificate own;

    private PinnedCertificate(Certificate own) {
        this.own = own;
    }

    /**
     * Reads the first certificate of a PEM file.
     *
     * @throws InvalidSettingsException when there is none
     */
    static PinnedCertificate of(String file) {
        try (var in = Files.newInputStream(Path.of(file))) {
            return new PinnedCertificate(CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (IOException | CertificateException e) {
            throw new InvalidSettingsException(
                    List.of("http.tls-certificate: " + file + " (expected: a PEM file to read)"));
        }
    }

    /** Restricts this connection to the certificate. */
    void guard(HttpsURLConnection connection) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, new SecureRandom());
        connection.setSSLSocketFactory(context.getSocketFactory());
        connection.setHostnameVerifier(
                (name, session) -> true); // The certificate itself is compared, not a name in it.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method) throws CertificateException {
        if (chain.length == 0 || !own.equals(chain[0])) {
            throw new CertificateException(
                    "it shows another certificate than that of http.tls-certificate (was the file changed since the start?)");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method) throws CertificateException {
        throw new CertificateException("client certificates are not supported");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
