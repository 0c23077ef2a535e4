package dev.skelly.ratelimit;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** Groups client addresses by network for counting. */
public final class ClientNetwork {

    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private ClientNetwork() {}

    /** Returns an IPv4 address unchanged, and the first 64 bits of an IPv6 address, because a client usually has all addresses of such a network. */
    public static String of(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length != IPV6_BYTES
                ? address
                : HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES);
    }
}
