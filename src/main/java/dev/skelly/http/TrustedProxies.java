package dev.skelly.http;

import dev.skelly.ratelimit.ClientNetwork;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines the client's address behind the configured proxies.
 *
 * <p>Each proxy appends its peer to {@code X-Forwarded-For}. So the header is read from its end for as long as the writer is a configured
 * proxy. Entries before that may be forged.
 */
final class TrustedProxies {

    private static final int BITS_A_BYTE = 8;

    /** A network: addresses that share their first bits. */
    private static final class Network {

        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean has(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            var whole = bits / BITS_A_BYTE;
            var rest = bits % BITS_A_BYTE;
            return Arrays.equals(address, 0, whole, other, 0, whole)
                    && (rest == 0 || (address[whole] ^ other[whole]) >> (BITS_A_BYTE - rest) == 0);
        }
    }

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final List<Network> networks;
    private final ProxyWarning warning;

    /**
     * Creates the list of these settings.
     *
     * @param proxies addresses, or networks as {@code 10.0.0.0/8}
     * @param warning hears of forwarded requests of other peers
     */
    TrustedProxies(List<String> proxies, ProxyWarning warning) {
        this.warning = warning;
        this.networks = proxies.stream()
                .map(text -> network(text).orElseThrow(() -> new IllegalArgumentException(text)))
                .toList();
    }

    /** Tells whether a text is an address or a network. */
    static boolean wellFormed(String text) {
        return network(text).isPresent();
    }

    private static Optional<Network> network(String text) {
        var parts = text.split("/", -1);
        var written = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        var address = ClientNetwork.bytes(parts[0]);
        if (written == null || address == null || parts.length > 2) {
            return Optional.empty();
        }
        var most = address.length * BITS_A_BYTE;
        if (parts.length == 1) {
            return Optional.of(new Network(address, most));
        }
        var mapped =
                (written.length - address.length) * BITS_A_BYTE; // Of ::ffff:10.0.0.0/104, an IPv4 network of 8 bits.
        var bits = parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) - mapped : -1;
        return bits >= 0 && bits <= most ? Optional.of(new Network(address, bits)) : Optional.empty();
    }

    /** Returns the address of a peer, as all parts of the program spell it. */
    static String peer(@Nullable SocketAddress peer) {
        return peer == null ? "unknown" : ClientNetwork.address(String.valueOf(peer.hostAddress()));
    }

    /** Returns the address of the client: the peer, or the entry that our proxies wrote. */
    String address(HttpServerRequest request) {
        var address = peer(request.remoteAddress());
        if (!isOurs(address)) {
            warning.passed(request, address);
            return address;
        }
        return behind(address, request);
    }

    /** Returns the scheme by which the client called: that of the connection, or the one that our proxy names. */
    String scheme(HttpServerRequest request) {
        var own = request.isSSL() ? "https" : "http";
        var said = HeaderLines.joined(request.headers(), "X-Forwarded-Proto");
        if (said == null || !isOurs(peer(request.remoteAddress()))) {
            return own;
        }
        var last = said.substring(said.lastIndexOf(',') + 1).strip().toLowerCase(Locale.ROOT);
        return SCHEMES.contains(last) ? last : own;
    }

    private String behind(String peer, HttpServerRequest request) {
        var said = String.join(",", request.headers().getAll("X-Forwarded-For")).split(",", -1);
        var address = peer;
        for (var at = said.length - 1; at >= 0 && isOurs(address); at--) {
            var bytes = bytes(said[at].strip());
            if (bytes == null) {
                break;
            }
            address = NetUtil.bytesToIpAddress(bytes);
        }
        return address;
    }

    /** Tells whether an address is a configured proxy's. */
    boolean isOurs(String address) {
        var bytes = bytes(address);
        return bytes != null && networks.stream().anyMatch(network -> network.has(bytes));
    }

    /* Some proxies append the port. */
    private static byte @Nullable [] bytes(String text) {
        var bare = text.startsWith("[") || text.indexOf(':') == text.lastIndexOf(':')
                ? text.replaceFirst(":\\d{1,5}$", "").replaceAll("[\\[\\]]", "")
                : text;
        return ClientNetwork.bytes(bare);
    }
}
