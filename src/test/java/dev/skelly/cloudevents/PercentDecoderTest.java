package dev.skelly.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Torture;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentDecoderTest {

    private static final int TEXTS = 2_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "plain|plain",
                "a+b|a+b",
                "a%20b|a b",
                "%c3%bc|ü",
                "%F0%9F%92%A1|💡",
                "100%25|100%",
                "%2541|%41",
                "\"in quotes\"|in quotes",
                "\"a\\\"b\\\\c\"|a\"b\\c",
                "\"%C3%BC\"|ü",
                "a\"b|a\"b"
            })
    void readsWhatTheBindingWrites(String header, String text) {
        assertThat(PercentDecoder.decode(header)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%zz",
                "a%2",
                "%-1",
                "%C3",
                "%C3%28",
                "%C0%AF",
                "%ED%A0%80",
                "%F5%80%80%80",
                "%00",
                "a%0Ab",
                "%1f",
                "\uff05",
                "%\uff14\uff11",
                "ü",
                "\u007f",
                "\"open",
                "\"open\\\"",
                "\"closed\" and more",
                "\""
            })
    void takesNothingThatWasNotEncodedRightly(String header) {
        assertThat(PercentDecoder.decode(header)).isEmpty();
    }

    @Test
    void readsBackWhateverAnotherLibraryEncodes() {
        var seed = Torture.seed("percent text");
        var random = new Random(seed);
        for (var n = 0; n < TEXTS; n++) {
            var text = random.ints(random.nextInt(20), ' ', 0x10ffff)
                    .filter(point -> point < 0xd800 || point > 0xdfff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var header = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            assertThat(PercentDecoder.decode(header)).as("seed %d", seed).contains(text);
        }
    }
}
