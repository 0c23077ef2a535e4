package dev.skelly.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.http.HttpConfig;
import java.time.Duration;
import java.util.List;

/** Settings of an HTTP server: what is shipped, on a free port, but for what a test says. */
public final class HttpSettings {

    private final HttpConfig shipped = HttpConfig.DEFAULT;
    private String host = shipped.host();
    private String publicUrl = "";
    private String certificate = "";
    private String key = "";
    private Duration headerDeadline = shipped.headerDeadline();
    private Duration requestDeadline = shipped.requestDeadline();
    private Duration idleTimeout = shipped.idleTimeout();
    private int connectionsMax = shipped.connectionsMax();
    private int connectionsPerAddress = shipped.connectionsPerAddress();
    private List<String> corsOrigins = List.of();
    private List<String> proxies = List.of();
    private boolean proxyProtocol;
    private boolean correlationFromRequestId;

    /** How browsers reach it. */
    @CanIgnoreReturnValue
    public HttpSettings publicUrl(String url) {
        publicUrl = url;
        return this;
    }

    /** Over TLS, by this name. */
    @CanIgnoreReturnValue
    public HttpSettings tls(String name, String certificateFile, String keyFile) {
        host = name;
        certificate = certificateFile;
        key = keyFile;
        return this;
    }

    /** With these deadlines. */
    @CanIgnoreReturnValue
    public HttpSettings deadlines(Duration headers, Duration request, Duration idle) {
        headerDeadline = headers;
        requestDeadline = request;
        idleTimeout = idle;
        return this;
    }

    /** With so many connections at most. */
    @CanIgnoreReturnValue
    public HttpSettings connectionsMax(int connections) {
        connectionsMax = connections;
        return this;
    }

    /** With so many connections of one address at most. */
    @CanIgnoreReturnValue
    public HttpSettings connectionsPerAddress(int connections) {
        connectionsPerAddress = connections;
        return this;
    }

    /** Used by pages of these origins, too. */
    @CanIgnoreReturnValue
    public HttpSettings corsOrigins(String... origins) {
        corsOrigins = List.of(origins);
        return this;
    }

    /** Behind these proxies. */
    @CanIgnoreReturnValue
    public HttpSettings proxies(String... addresses) {
        proxies = List.of(addresses);
        return this;
    }

    /** Behind proxies that name the client at the beginning of a connection. */
    @CanIgnoreReturnValue
    public HttpSettings proxyProtocol() {
        proxyProtocol = true;
        return this;
    }

    /** Behind something that writes request ids. */
    @CanIgnoreReturnValue
    public HttpSettings correlationFromRequestId() {
        correlationFromRequestId = true;
        return this;
    }

    /** The settings. */
    public HttpConfig config() {
        return new HttpConfig(
                host,
                0,
                publicUrl,
                certificate,
                key,
                shipped.bodyBytesMax(),
                shipped.requestLineBytesMax(),
                shipped.headerBytesMax(),
                connectionsMax,
                connectionsPerAddress,
                headerDeadline,
                requestDeadline,
                idleTimeout,
                corsOrigins,
                proxies,
                proxyProtocol,
                correlationFromRequestId);
    }
}
