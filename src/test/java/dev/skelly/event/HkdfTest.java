package dev.skelly.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfTest {

    @Test
    void derivesWhatTheStandardSays() {
        // RFC 5869, test case 3: the first 32 bytes.
        var secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);

        assertThat(HexFormat.of().formatHex(Hkdf.key(secret, "")))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Test
    void eachPurposeHasAKeyOfItsOwn() {
        assertThat(Hkdf.key(new byte[32], "a")).isNotEqualTo(Hkdf.key(new byte[32], "b"));
    }
}
