package dev.skelly.ratelimit;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** By what callers from one place are counted together. */
public final class ClientNetwork {

    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private ClientNetwork() {}

    /** An IPv4 address itself; of an IPv6 address the first 64 bits, because whoever has one has all that begin like it. */
    public static String of(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length != IPV6_BYTES
                ? address
                : HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES);
    }
}
