package dev.skelly.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.23",
                "::ffff:198.51.100.23",
                "::FFFF:c633:6417",
                "0:0:0:0:0:ffff:198.51.100.23",
                "0000:0000:0000:0000:0000:ffff:c633:6417",
                "0::ffff:c633:6417"
            })
    void anAddressHasOneSpelling(String text) {
        assertThat(ClientNetwork.address(text)).isEqualTo("198.51.100.23");
    }

    @Test
    void noOtherIpv6AddressIsAnIpv4Address() {
        assertThat(ClientNetwork.address("2001:0DB8:0:0::7")).isEqualTo("2001:db8::7");
        assertThat(ClientNetwork.address("64:ff9b::198.51.100.23"))
                .isEqualTo(ClientNetwork.address("64:ff9b::c633:6417"))
                .startsWith("64:ff9b::");
        assertThat(ClientNetwork.address("::198.51.100.23")).isNotEqualTo("198.51.100.23");
        assertThat(ClientNetwork.address("::1")).isEqualTo("::1");
        assertThat(ClientNetwork.address("command-line")).isEqualTo("command-line");
    }

    @Test
    void anotherTextIsItself() {
        assertThat(ClientNetwork.widening("unknown")).containsExactly(new ClientNetwork("unknown", 1));
    }
}
