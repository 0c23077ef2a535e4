package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pattern means what ECMA-262 says, or is refused with the reason. */
class LinearPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "a xay",
                "^a$ a",
                "^(.*a){12}$ aaaaaaaaaaaaaaa",
                "^\\d{3}-\\w+$ 123-a_Z9",
                "^[^\\d]$ x",
                "^[\\s]$ \u00a0",
                "^\\S$ \u200b",
                "^[\\S]$ \u200b",
                "^[\\D\\W]$ x",
                "^[\\w.-]+$ a-b.c",
                "^[a-]+$ a-",
                "^[\\]\\-\\\\]+$ ]-\\",
                "^\\u0041\\x42\\u{43}\\cJ?$ ABC",
                "^\\ud83d\\udc32+$ \ud83d\udc32\ud83d\udc32",
                "^.$ \ud83d\udc32",
                "^\\p{Lu}\\p{Ll}+$ Köln",
                "^\\p{Script=Greek}\\p{sc=Greek}$ αβ",
                "^\\p{General_Category=Letter}\\P{L}$ a1",
                "^[\\p{Nd}\\P{Letter}]+$ 1-৪",
                "^\\p{Cf}\\P{Script=Greek}\\p{Any}$ \u2066a\ud83d\udc32",
                "^[^]$ a",
                "^(?:a|b|)c$ c",
                "^(?<name>a)(?:b)$ ab",
                "^a{2}b{0,2}?c{1,}d*?e+?$ aabccde",
                "^a\\]\\}$ a]}",
                "^\\/\\.\\{\\}[\\-]_$ /.{}-_",
                "\\bfoo\\B xfoo.foox",
                "^[\\b]?\\0?$ ``",
                "^\\v?\\f?x$ x"
            })
    void isFound(String pattern, String text) {
        assertThat(LinearPattern.of(pattern).isFoundIn(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "^a$ `a\n`",
                "^.$ \u2028",
                "^.$ `\r`",
                "^\\d$ \u09ea",
                "^\\w$ é",
                "\\P{Any} a",
                "^[\\P{Cf}]$ \u2066",
                "^\\s$ \u200b",
                "^[\\S]$ \ufeff",
                "[] a",
                "^[^a]$ a",
                "^\\cA$ \\cA"
            })
    void isNotFound(String pattern, String text) {
        assertThat(LinearPattern.of(pattern).isFoundIn(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^(?=.*x)a | look-ahead, which cannot be matched in linear time, at character 4",
                "^(?!x)a | look-ahead",
                "(?<=x)a | look-behind",
                "(?<!x)a | look-behind",
                "(a)\\1 | back reference",
                "(?<x>a)\\k<x> | back reference",
                "(?>a) | a group of a kind that ECMA-262 has not"
            })
    void whatIsNotLinearIsRefused(String pattern, String reason) {
        refused(pattern, reason);
    }

    private static void refused(String pattern, String reason) {
        assertThatThrownBy(() -> LinearPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?s)a | a group of a kind that ECMA-262 has not",
                "a++ | repeats a repetition",
                "a** | repeats a repetition",
                "*a | nothing to repeat",
                "^* | repeats what is no character",
                "a{,5} | begins no repetition",
                "a{5,2} | begins no repetition",
                "x{ | begins no repetition",
                "\\Aa\\Z | the escape \\A, which ECMA-262 has not",
                "\\h | the escape \\h",
                "[a-z&&[^b]] | && within brackets",
                "[[a]] | [ within brackets",
                "[b-a] | a range whose end is before its start",
                "[a | ends too early",
                "(a | lacks )",
                "a) | a ) too many",
                "\\p{Alpha} | \\p{Alpha}, which is not among the supported properties",
                "\\p{Script=Klingon} | Klingon",
                "\\p{Script=GREEK} | GREEK",
                "\\pL | the escape \\p",
                "\\u12 | ends within an escape",
                "\\xzz | an invalid escape",
                "\\01 | an octal escape",
                "a{1001} | more than 1000 steps",
                "((a{30}){30}){30} | more than 1000 steps",
                "(((a{0,90}){0,90}){0,90}){0,90} | more than 1000 steps",
                "a{99999999999} | too large a number"
            })
    void whatEcmaScriptHasNotIsRefused(String pattern, String reason) {
        refused(pattern, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?i)a | an inline flag",
                "(?i:a) | an inline flag",
                "(?-i:a) | an inline flag",
                "a] | a bracket that ends nothing",
                "a} | a bracket that ends nothing",
                "\\- | the escape \\-",
                "[\\_] | the escape \\_",
                "\\' | the escape \\'",
                "[\\w-.] | a range from or to a set",
                "[a-\\d] | a range from or to a set",
                "(?<1>a) | a group whose name is invalid",
                "(?<a>b)(?<a>c) | a group whose name is invalid or stands twice"
            })
    void whatTheFlagUForbidsIsRefused(String pattern, String reason) {
        refused(pattern, reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 5_000})
    void deepGroupsAreRefused(int depth) {
        assertThatThrownBy(() -> LinearPattern.of("(".repeat(depth) + ")".repeat(depth)))
                .hasMessageContaining("groups more than 50 deep");
    }
}
