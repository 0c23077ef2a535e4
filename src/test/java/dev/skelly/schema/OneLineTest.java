package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.OneLine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are one line that shows something. */
class OneLineTest {

    private static final LinearPattern LINE = LinearPattern.of(OneLine.PATTERN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada",
                " Ada ",
                "a",
                "7",
                "-",
                "\u738b",
                "\ud83d\udc68\u200d\ud83d\udc69",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "e\u0301",
                "\u2800a",
                "\u3131\u3164",
                "\u202eAda"
            })
    void aNameIsTaken(String text) {
        assertThat(LINE.isFoundIn(text)).isTrue();
        assertThat(OneLine.isUnbroken(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00a0\u2003\u3000",
                "\u200b",
                "\u200b \u200d\u2060\ufeff",
                "\u00ad",
                "\u202e\u2066",
                "\u3164",
                "\u115f\u1160",
                "\uffa0",
                "\u2800\u2800",
                "\u034f\ufe0f",
                "\u180b\u180e",
                "\u0301",
                "\ud834\udd59",
                "\udb40\udc61\udb40\udc7f",
                "\udb40\udd00"
            })
    void whatShowsNothingIsRefused(String text) {
        assertThat(LINE.isFoundIn(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r\n", "\t", "\0", "\u001b", "\u007f", "\u0080", "\u0085", "\u009b", "\u2028", "\u2029"})
    void whatBreaksALineIsRefusedAndReplaced(String sign) {
        for (var text : new String[] {sign, "a" + sign, sign + "a", "a" + sign + "b"}) {
            assertThat(LINE.isFoundIn(text)).isFalse();
            assertThat(OneLine.isUnbroken(text)).isFalse();
            assertThat(OneLine.unbroken(text)).isEqualTo(text.replace(sign, " "));
        }
    }
}
