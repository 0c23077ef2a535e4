package dev.skelly.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which addresses are one client, and which are neighbours. */
class ClientNetworkTest {

    private static boolean share(String one, String other, int width) {
        return ClientNetwork.widening(one)
                .get(width)
                .equals(ClientNetwork.widening(other).get(width));
    }

    @Test
    void anIpv4AddressIsAClientAmong256Neighbours() {
        assertThat(ClientNetwork.widening("192.0.2.7"))
                .extracting(ClientNetwork::factor)
                .containsExactly(1, 16);
        assertThat(share("192.0.2.7", "192.0.2.8", 0)).isFalse();
        assertThat(share("192.0.2.7", "192.0.2.8", 1)).isTrue();
        assertThat(share("192.0.2.7", "192.0.3.7", 1)).isFalse();
    }

    @Test
    void anIpv6ClientHasA64AmongA56AndA48() {
        assertThat(ClientNetwork.widening("2001:db8:1:200::1"))
                .extracting(ClientNetwork::factor)
                .containsExactly(1, 4, 16);
        assertThat(share("2001:db8:1:200::1", "2001:db8:1:200:ffff::2", 0)).isTrue();
        assertThat(share("2001:db8:1:200::1", "2001:db8:1:201::1", 0)).isFalse();
        assertThat(share("2001:db8:1:200::1", "2001:db8:1:2ff::1", 1)).isTrue();
        assertThat(share("2001:db8:1:200::1", "2001:db8:1:300::1", 1)).isFalse();
        assertThat(share("2001:db8:1:200::1", "2001:db8:1:300::1", 2)).isTrue();
        assertThat(share("2001:db8:1:200::1", "2001:db8:2:200::1", 2)).isFalse();
    }

    @Test
    void aMappedAddressIsTheIpv4Address() {
        assertThat(ClientNetwork.widening("::ffff:192.0.2.7")).isEqualTo(ClientNetwork.widening("192.0.2.7"));
        assertThat(ClientNetwork.of("::ffff:c000:207")).isEqualTo("192.0.2.7");
    }

    @Test
    void anotherTextIsItself() {
        assertThat(ClientNetwork.widening("unknown")).containsExactly(new ClientNetwork("unknown", 1));
    }
}
