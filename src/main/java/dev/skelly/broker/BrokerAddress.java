package dev.skelly.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The address and the login of an AMQP 1.0 broker.
 *
 * @param host name or address
 * @param user empty for an anonymous login
 * @param tls whether the connection is encrypted and the broker's name checked
 */
public record BrokerAddress(String host, int port, String user, String password, boolean tls) {

    private static final int PORT = 5672;
    private static final int PORT_TLS = 5671;

    /** Creates the address of a broker without encryption: on this machine, or in a trusted network. */
    public BrokerAddress(String host, int port, String user, String password) {
        this(host, port, user, password, false);
    }

    /**
     * Parses {@code amqp[s]://[user[:password]@]host[:port]}.
     *
     * @param user default if the address has none; likewise {@code password}
     * @throws IllegalArgumentException when the text is malformed
     */
    public static BrokerAddress parse(String url, String user, String password) {
        var uri = uri(url);
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        var tls = scheme.equals("amqps");
        if (!(tls || scheme.equals("amqp")) || uri.getHost() == null) {
            throw wrong();
        }
        var login =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        return new BrokerAddress(
                uri.getHost(),
                uri.getPort() < 0 ? (tls ? PORT_TLS : PORT) : uri.getPort(),
                login.length > 0 ? login[0] : user,
                login.length > 1 ? login[1] : password,
                tls);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw wrong();
        }
    }

    /* The message omits the text, because it may contain a password. */
    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "broker.url: unreadable (expected: amqp[s]://[user[:password]@]host[:port])");
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return (tls ? "amqps://" : "amqp://") + (user.isEmpty() ? "" : user + "@") + host + ":" + port;
    }
}
