package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which origins are the same. */
class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example:443, https://shop.example",
        "http://SHOP.example, http://shop.example:80",
        "HTTPS://shop.example:8443, https://shop.example:8443",
        "http://[2001:db8::1]:80, http://[2001:db8::1]"
    })
    void theDefaultPortIsTheSameAsNone(String one, String other) {
        assertThat(WebOrigin.of(one)).isPresent().isEqualTo(WebOrigin.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example, http://shop.example",
        "https://shop.example:80, http://shop.example:80",
        "http://shop.example:443, https://shop.example",
        "https://shop.example, https://www.shop.example"
    })
    void schemeHostAndPortCount(String one, String other) {
        assertThat(WebOrigin.of(one)).isPresent().isNotEqualTo(WebOrigin.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "shop.example",
                "https:shop.example",
                "https://",
                "https://a@shop.example",
                "https://a b"
            })
    void otherTextsAreNoOrigin(String text) {
        assertThat(WebOrigin.of(text)).isEmpty();
    }

    @Test
    void aPathMakesNoOrigin() {
        assertThat(WebOrigin.of("https://shop.example/")).isEmpty();
        assertThat(WebOrigin.of("https://shop.example?x")).isEmpty();
        assertThat(WebOrigin.of("https://shop.example#x")).isEmpty();
    }
}
