package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;
import dev.skelly.feature.Problem;
import dev.skelly.testing.Torture;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {

    private static final int DOCUMENTS = 20_000;
    private static final int BUSY_MIN = 10_000; // Of shorter ones the clock itself would be measured.
    private static final double TIMES_HARMLESS_MAX = 30;
    private static final String[] PARTS =
            ("{ } [ ] : , \" \"a\" \"__proto__\" 1e999999 -0 1e-999999 NaN Infinity tru true null /*c*/ //c\n "
                            + "\\u0000 \\ud800 \u0001 \ufeff \u2028 0x1 01 1. .5 \t \n 'a' 999999999999999999999999999999999999999999")
                    .split(" ", -1);
    private static final JsonMapper JSON = Json.mapper();

    private static void parse(String text, Charset charset) {
        assertThat(StrictJson.parse(Buffer.buffer(text.getBytes(charset)), JSON))
                .isNotNull();
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                " ",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "9".repeat(1_000_000),
                "[" + "1,".repeat(1_000_000) + "1]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} x",
                "{\"a\":/*c*/1}",
                "{\"a\":NaN}",
                "{'a':1}",
                "\ufeff{}",
                "{\"a\":01}",
                "[1e-9999990101]",
                "[1e99999999999]");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNoJsonOrNoHonestOne(String text) {
        assertThatThrownBy(() -> parse(text, StandardCharsets.UTF_8))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.MALFORMED));
    }

    /** Judged against harmless documents of the same length, each by the quickest of a few runs: what else runs on the machine is not meant. */
    @Test
    void readsOrRefusesEachAboutAsFastAsAHarmlessOne() {
        // Given
        var documents = Stream.concat(
                        malformed(),
                        Stream.of(
                                "[" + "[],".repeat(30_000) + "[]]",
                                "{\"a\":\"" + "\\u00e4".repeat(40_000) + "\"}",
                                "[" + "1e300,".repeat(90_000) + "1]",
                                "[" + "\"\\u0000\",".repeat(90_000) + "1]",
                                fields(45_000)))
                .toList();

        // When
        var unused = quickest(harmless(BUSY_MIN)); // Warms up.
        var took = documents.stream().mapToLong(StrictJsonTest::quickest).toArray();

        // Then
        for (var n = 0; n < took.length; n++) {
            var document = documents.get(n);
            var harmless = quickest(harmless(Math.max(BUSY_MIN, document.length())));
            assertThat(took[n] / (double) harmless)
                    .as("times a harmless one takes, of %d characters: %.30s", document.length(), document)
                    .isLessThan(TIMES_HARMLESS_MAX);
        }
        Torture.promise(
                "slowest body", Duration.ofNanos(Arrays.stream(took).max().orElseThrow()), Duration.ofMillis(50));
    }

    /* Ordinary records. */
    private static String harmless(int length) {
        var one = "{\"id\":12345,\"name\":\"Ada Lovelace\",\"tags\":[\"a\",\"b\"]},";
        return "[" + one.repeat(length / one.length()) + "{}]";
    }

    private static String fields(int many) {
        var document = new StringBuilder("{\"a\":1");
        for (var field = 0; field < many; field++) {
            document.append(",\"f").append(field).append("\":0");
        }
        return document.append('}').toString();
    }

    private static long quickest(String document) {
        var quickest = Long.MAX_VALUE;
        for (var run = 0; run < 5; run++) {
            var began = System.nanoTime();
            try {
                parse(document, StandardCharsets.UTF_8);
            } catch (Problem refused) {
                assertThat(refused.kind()).isIn(Problem.Kind.MALFORMED, Problem.Kind.INVALID);
            }
            quickest = Math.min(quickest, System.nanoTime() - began);
        }
        return quickest;
    }

    @Test
    void refusesOtherEncodings() {
        for (var charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            assertThatThrownBy(() -> parse("{\"a\":1}", charset)).isInstanceOf(Problem.class);
        }
        assertThatThrownBy(() -> parse("{\"a\":\"\u00e4\"}", StandardCharsets.ISO_8859_1))
                .isInstanceOf(Problem.class);
    }

    @Test
    void namesEveryValueThatCannotBeStored() {
        var text = "{\"a\":\"\\u0000\",\"b\":[1,{\"c~/d\":\"\\ud800\"}],\"e\":1e999999,\"f\":1e-999999,\"g\":0e999999}";

        assertThatThrownBy(() -> parse(text, StandardCharsets.UTF_8))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.faults())
                                .extracting(fault -> fault.pointer())
                                .containsExactly("#/a", "#/b/1/c~0~1d", "#/e", "#/f"));
    }

    @Test
    void neverAnswersAnythingButADocumentOrAProblem() {
        var seed = Torture.seed("json body");
        var random = new Random(seed);
        for (var n = 0; n < DOCUMENTS; n++) {
            var text = new StringBuilder();
            for (var part = random.nextInt(12); part >= 0; part--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            try {
                parse(text.toString(), StandardCharsets.UTF_8);
            } catch (Problem problem) {
                assertThat(problem.kind()).isIn(Problem.Kind.MALFORMED, Problem.Kind.INVALID);
            } catch (RuntimeException bug) {
                throw new AssertionError("seed " + seed + ", document " + text, bug);
            }
        }
    }
}
