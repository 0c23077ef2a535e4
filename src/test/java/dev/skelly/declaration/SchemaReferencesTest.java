package dev.skelly.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.event.Json;
import dev.skelly.feature.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaReferencesTest {

    private final JsonMapper json = Json.mapper();
    private final List<FieldError> faults = new ArrayList<>();

    @CanIgnoreReturnValue
    private String resolved(String schema) throws JsonProcessingException {
        var tree = json.readTree(schema);
        var before = tree.toString();
        var resolved = SchemaReferences.resolved(tree, "#/data", faults).toString();
        assertThat(tree).hasToString(before);
        return resolved;
    }

    @Test
    void putsDefinitionsWhereTheyAreReferredTo() throws JsonProcessingException {
        var resolved = resolved("""
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{
                  "from":{"$ref":"#/$defs/place","title":"Where from"},"via":{"type":"array","items":{"$ref":"#/$defs/place"}}},
                 "$defs":{"place":{"type":"object","properties":{"street":{"$ref":"#/$defs/a~1b"}}},"a/b":{"type":"string"}}}""");

        assertThat(faults).isEmpty();
        assertThat(resolved).isEqualTo(json.readTree("""
                        {"type":"object","properties":{
                          "from":{"type":"object","properties":{"street":{"type":"string"}},"title":"Where from"},
                          "via":{"type":"array","items":{"type":"object","properties":{"street":{"type":"string"}}}}}}""").toString());
    }

    @Test
    void leavesOthersAsTheyAre() throws JsonProcessingException {
        assertThat(resolved("{\"type\":\"object\"}")).isEqualTo("{\"type\":\"object\"}");
    }

    @Test
    void namesWhatCannotBeFollowed() throws JsonProcessingException {
        resolved("""
                {"type":"object","properties":{
                  "a":{"$ref":"#/$defs/none"},"b":{"$ref":"#/$defs/one","maxLength":5},"c":{"$ref":"#/$defs/circle"}},
                 "$defs":{"one":{"type":"string"},"circle":{"type":"object","properties":{"next":{"$ref":"#/$defs/circle"}}}}}""");

        assertThat(faults)
                .extracting(FieldError::pointer)
                .containsExactly(
                        "#/data/properties/a/%24ref",
                        "#/data/properties/b", "#/data/properties/c/properties/next/%24ref");
        assertThat(faults.get(1).detail()).contains("nothing beside $ref but [$comment, default");
    }

    @Test
    void growsToNoLength() throws JsonProcessingException {
        var doubled = IntStream.range(1, 30)
                .mapToObj(n ->
                        "\"d%d\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/d%d\"},\"b\":{\"$ref\":\"#/$defs/d%d\"}}}"
                                .formatted(n, n - 1, n - 1))
                .collect(Collectors.joining(","));

        resolved("{\"properties\":{\"x\":{\"$ref\":\"#/$defs/d29\"}},\"$defs\":{\"d0\":{\"type\":\"string\"}," + doubled
                + "}}");

        assertThat(faults)
                .singleElement()
                .extracting(FieldError::detail)
                .asString()
                .contains("at most 10000 values");
    }
}
