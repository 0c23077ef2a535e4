package dev.skelly.ratelimit;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups client addresses by network for counting.
 *
 * <p>A client has one IPv4 address, or all addresses of an IPv6 /64. It may as well have a whole /56 or /48, and an attacker may have neighbours in
 * an IPv4 /24. So everything is also counted in these wider networks, each of which gets more than the next narrower one: {@value #STEP} times as
 * much for each step, because many clients may share it, but far less than one share for each of its 256 narrower networks.
 *
 * @param key identifies the network
 * @param factor the multiple of a single client's share, at least 1
 */
public record ClientNetwork(String key, int factor) {

    private static final int STEP = 4;
    private static final int IPV4_BYTES = 4;
    private static final int IPV4_NETWORK_BYTES = 3;
    private static final int IPV6_BYTES = 16;
    private static final int IPV6_CLIENT_BYTES = 8;
    private static final int IPV6_HOUSEHOLD_BYTES = 7;
    private static final int IPV6_SITE_BYTES = 6;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** Returns the key of the narrowest network: an IPv4 address, or the first 64 bits of an IPv6 address. Other texts are returned unchanged. */
    public static String of(String address) {
        return of(address, bytes(address));
    }

    private static String of(String address, byte @Nullable [] bytes) {
        if (bytes == null) {
            return address;
        }
        return bytes.length == IPV4_BYTES ? NetUtil.bytesToIpAddress(bytes) : hex(bytes, IPV6_CLIENT_BYTES);
    }

    /** Returns the networks of an address, the narrowest first: IPv4 /32 and /24, IPv6 /64, /56 and /48. */
    public static List<ClientNetwork> widening(String address) {
        var bytes = bytes(address);
        var narrowest = new ClientNetwork(of(address, bytes), 1);
        if (bytes == null) {
            return List.of(narrowest);
        }
        return bytes.length == IPV4_BYTES
                ? List.of(narrowest, new ClientNetwork(hex(bytes, IPV4_NETWORK_BYTES), STEP * STEP))
                : List.of(
                        narrowest,
                        new ClientNetwork(hex(bytes, IPV6_HOUSEHOLD_BYTES), STEP),
                        new ClientNetwork(hex(bytes, IPV6_SITE_BYTES), STEP * STEP));
    }

    /** Returns the widest network of an address. */
    public static ClientNetwork widest(String address) {
        var all = widening(address);
        return all.get(all.size() - 1);
    }

    /**
     * Returns the one spelling of an IP address: {@code 192.0.2.7} also for {@code ::ffff:192.0.2.7} and {@code
     * 0:0:0:0:0:ffff:c000:207}, and IPv6 in its short form without a zone. Other texts are returned unchanged.
     */
    public static String address(String text) {
        var bytes = bytes(text);
        return bytes == null ? text : NetUtil.bytesToIpAddress(bytes);
    }

    /** Returns the bytes of an IP address, of {@code ::ffff:a.b.c.d} those of a.b.c.d; null for other texts. */
    public static byte @Nullable [] bytes(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(inHex(address));
        var mapped = bytes != null
                && bytes.length == IPV6_BYTES
                && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        return mapped ? Arrays.copyOfRange(bytes, MAPPED.length, IPV6_BYTES) : bytes;
    }

    /* Netty reads an IPv4 address at the end of an IPv6 address only after some prefixes, and takes ::192.0.2.7 for a mapped one. */
    private static String inHex(String address) {
        var at = address.lastIndexOf(':') + 1;
        var end = address.substring(at);
        if (at == 0 || !NetUtil.isValidIpV4Address(end)) {
            return address;
        }
        var bytes = HexFormat.of().formatHex(NetUtil.createByteArrayFromIpAddressString(end));
        return address.substring(0, at) + bytes.substring(0, 4) + ":" + bytes.substring(4);
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }

    /** Returns this network's share of a limit for one client, in the range of int. */
    int share(int ofClient) {
        return (int) Math.min(Integer.MAX_VALUE, (long) ofClient * factor);
    }
}
