package dev.skelly.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are URIs, which are references, and which are neither. */
class UriReferenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/till?%C3%A9=1#a/b?c",
                "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
                "mailto:a@b.example",
                "http://u:p@[2001:db8::1]:8080/x;y=1",
                "http://127.0.0.1:/",
                "file:///etc",
                "x+y-z.1:a",
                "tag:skelly.example,2026:a:b"
            })
    void isAUri(String text) {
        assertThat(UriReference.is(text)).isTrue();
        assertThat(UriReference.isAbsolute(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "x", "./1:2", "a/b:c", "//shop.example/x", "?q", "#f", "a@b", "...", "x:"})
    void isAReferenceAndNoAbsoluteUri(String text) {
        assertThat(UriReference.is(text)).isTrue();
        assertThat(UriReference.isAbsolute(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "/a\n",
                "1:2",
                ":a",
                "%",
                "/%g0",
                "/%a",
                "/\u00e9",
                "a\\b",
                "<x>",
                "{x}",
                "a|b",
                "a^b",
                "/a[1]",
                "//[::1",
                "//[x]/",
                "//[]/",
                "//a:port/",
                "//a:1:2/",
                "//a@b@c/",
                "#a#b",
                "\u0661:x"
            })
    void isNeither(String text) {
        assertThat(UriReference.is(text)).isFalse();
        assertThat(UriReference.isAbsolute(text)).isFalse();
    }
}
