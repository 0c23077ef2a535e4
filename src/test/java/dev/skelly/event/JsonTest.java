package dev.skelly.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every parser of JSON has in common. */
class JsonTest {

    private static final int NAMES = 2_048;
    private static final int LETTERS = 11; // Pairs of letters in a name.

    /* All have one value in the hash function of Jackson's table of names, whatever it starts with: 33·'b'+'A' is 33·'a'+'b'. */
    private static List<String> colliding() {
        return IntStream.range(0, NAMES)
                .mapToObj(number -> IntStream.range(0, LETTERS)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "bA" : "ab")
                        .collect(Collectors.joining()))
                .toList();
    }

    private static String document(List<String> names) {
        return names.stream().map(name -> '"' + name + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static List<JsonNode> read(JsonMapper json, String text) throws IOException {
        return List.of(json.readTree(text), json.readTree(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void namesThatCollideAreNamesLikeOthers() throws IOException {
        var json = Json.mapper();
        var names = colliding();

        for (var read : read(json, document(names))) {
            assertThat(read).hasSize(NAMES);
        }
        for (var name : List.of(names.get(0), names.get(NAMES - 1), "type")) {
            for (var read : read(json, document(List.of(name)))) {
                assertThat(read.path(name).intValue()).isOne();
            }
        }
    }

    @Test
    void noMapperSharesATableOfNames() {
        for (var json : List.of(
                Json.mapper(), Json.mapper().rebuild().build(), Json.mapper().copy())) {
            assertThat(json.getFactory().isEnabled(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES))
                    .isFalse();
            assertThat(json.getFactory().isEnabled(JsonFactory.Feature.INTERN_FIELD_NAMES))
                    .isFalse();
        }
    }
}
