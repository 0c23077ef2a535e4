package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Json;
import dev.skelly.testing.JavaScript;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts at the edges of patterns, and what Node finds in them. */
public final class PatternTexts {

    private static final List<String> WHOLE = List.of(
            "",
            " ",
            "a",
            "Ada Lovelace",
            "ada@example.org",
            "ada@example.org\n",
            "ada@example",
            "SKU-1.a_b",
            "-x",
            "1m",
            "60m",
            "90d",
            "AB-1234",
            "fast-7",
            "Köln",
            "Αθήνα",
            "\u09ea",
            "\ud83d\udc32",
            "\ud83d\udc68\u200d\ud83d\udc69",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "e\u0301",
            "\u0301",
            "\u2800",
            "\u3164",
            "\u115f\u1160",
            "\u200b\u200d\ufeff",
            "\u00a0\u3000",
            "\u00ad",
            "\u202e",
            "\u2028",
            "\udb40\udc61",
            "a\u2800");
    private static final List<String> BETWEEN = List.of(
            "\n", "\r", "\t", "\0", "\u007f", "\u0080", "\u0085", "\u009f", "\u2028", "\u2029", "\u200b", "\u00a0");

    private PatternTexts() {}

    /** Returns all texts. */
    public static List<String> all() {
        var broken = BETWEEN.stream().flatMap(sign -> Stream.of(sign, "a" + sign, sign + "a", "a" + sign + "b"));
        return Stream.concat(WHOLE.stream(), broken).toList();
    }

    /** Requires that Node and the server find each pattern in the same texts. */
    public static void assertAlike(Collection<String> patterns) throws IOException {
        Files.createDirectories(JavaScript.folder());
        var file = Files.writeString(
                JavaScript.folder().resolve("patterns.json"),
                Json.mapper().writeValueAsString(Map.of("patterns", patterns, "texts", all())));
        var ended = JavaScript.run("patterns.mjs", file.toString());
        assertThat(ended.code()).as(ended.output()).isZero();
        var found = Json.mapper().readTree(ended.output());
        assertThat(found).hasSameSizeAs(patterns);
        var next = found.iterator();
        for (var pattern : patterns) {
            assertThat(here(pattern)).as(pattern).hasToString(next.next().toString());
        }
    }

    private static JsonNode here(String pattern) {
        var compiled = LinearPattern.of(pattern);
        var texts = all();
        return Json.mapper()
                .valueToTree(IntStream.range(0, texts.size())
                        .filter(number -> compiled.isFoundIn(texts.get(number)))
                        .boxed()
                        .toList());
    }
}
