package dev.skelly.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skelly.event.Json;
import org.junit.jupiter.api.Test;

/** What differs between two documents. */
class JsonDifferenceTest {

    private static final String BEFORE = "{\"a\":100,\"b\":[1e2,\"1\"],\"c\":9007199254740992,\"d\":{\"e\":0.5}}";
    private static final String AFTER = "{\"d\":{\"e\":0.50},\"c\":9007199254740993,\"b\":[100,1],\"a\":100.0}";

    private static void assertDifferences(JsonNode before, JsonNode after) {
        assertThat(JsonDifference.between(before, after))
                .extracting(JsonDifference::pointer)
                .containsExactly("/b/1", "/c");
    }

    @Test
    void comparesNumbersByValue() throws JsonProcessingException {
        assertDifferences(Json.mapper().readTree(BEFORE), Json.mapper().readTree(AFTER));
        assertDifferences(new ObjectMapper().readTree(BEFORE), new ObjectMapper().readTree(AFTER));
    }
}
