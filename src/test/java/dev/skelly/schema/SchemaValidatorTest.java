package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a document that has not its shape. */
class SchemaValidatorTest {

    private static final BodySchema SHAPE = BodySchema.of(
            BodySchema.email("email")
                    .with("pattern", "^[a-z]+@[a-z]+$")
                    .with("description", "an address in lower case"),
            BodySchema.text("name", 1, 10)
                    .with("type", List.of("string", "null"))
                    .with("pattern", "\\S")
                    .optional());

    @Test
    void aDescribedPatternIsToldInWords() throws Exception {
        assertThat(faults("{\"email\":\"A@b\",\"name\":\" \"}"))
                .containsExactly(
                        new FieldError("#/email", "pattern", "must be an address in lower case"),
                        new FieldError("#/name", "pattern", "must match \\S"));
    }

    @Test
    void ofAWrongFormatThePatternIsNotToldToo() throws Exception {
        assertThat(faults("{\"email\":\"Ada\"}")).extracting(FieldError::code).containsExactly("format");
    }

    @Test
    void ofAWrongTypeNothingElseIsTold() throws Exception {
        assertThat(faults("{\"email\":1,\"name\":{}}"))
                .extracting(FieldError::code)
                .containsExactly("type", "type");
    }

    @Test
    void ofWhatFitsNothingIsTold() throws Exception {
        assertThat(faults("{\"email\":\"a@b\",\"name\":null}")).isEmpty();
        assertThat(faults("{\"email\":\"a@b\",\"name\":\" x \"}")).isEmpty();
    }

    @Test
    void aBoundBeyondIntegersIsNone() {
        for (var bound : List.of("4294967297", "18446744073709551617", "1e30", "1001.0")) {
            assertThatThrownBy(() -> of("{'pattern':'a','maxLength':" + bound + "}"))
                    .as(bound)
                    .hasMessageContaining("without maxLength");
            assertThatThrownBy(() -> of("{'uniqueItems':true,'maxItems':" + bound + "}"))
                    .as(bound)
                    .hasMessageContaining("without maxItems");
        }
    }

    private static SchemaValidator of(String schema) throws JsonProcessingException {
        Map<String, Object> plain = Json.mapper().readerForMapOf(Object.class).readValue(schema.replace('\'', '"'));
        return new SchemaValidator(new BodySchema(plain, false), Json.mapper());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'http://127.0.0.1:1/x'}",
                "{'properties':{'a':{'$ref':'other.json'}}}",
                "{'$ref':'https://json-schema.org/draft/2020-12/schema'}",
                "{'$ref':'classpath:logback.xml'}",
                "{'$ref':'file:///etc/hostname'}",
                "{'$ref':'#/$defs/gone'}",
                "{'$schema':'http://127.0.0.1:1/dialect'}",
                "{'pattern':'(?=a)','maxLength':9}",
                "{'multipleOf':0}",
                "{'type':'object','patternProperties':{'(?=a)':{}}}"
            })
    void aSchemaThatNeedsAnotherOrMoreThanLinearTimeIsRefused(String schema) {
        assertThatThrownBy(() -> of(schema)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSchemaMayReferToItself() throws Exception {
        var tree = of(
                "{'$ref':'#/$defs/tree','$defs':{'tree':{'properties':{'next':{'$ref':'#/$defs/tree'}},'required':['n']}}}");

        assertThat(tree.faults(Json.mapper().readTree("{\"n\":1,\"next\":{\"n\":1,\"next\":{}}}")))
                .containsExactly(new FieldError("#/next/next/n", "required", "must be given"));
    }

    @Test
    void aSchemaThatOnlyRefersToItselfEnds() throws Exception {
        var loop = of("{'allOf':[{'$ref':'#'}]}");

        assertThat(loop.faults(Json.mapper().createObjectNode()))
                .extracting(FieldError::code)
                .containsExactly("too-complex");
    }

    @Test
    void alternativesTellWhatEachExpects() throws Exception {
        var either = of("{'anyOf':[{'type':'string'},{'type':'object','required':['a']}]}");
        var one = of("{'oneOf':[{'minimum':1},{'maximum':9},{'type':'string'}]}");

        assertThat(either.faults(Json.mapper().createObjectNode()))
                .containsExactlyInAnyOrder(
                        new FieldError("#", "type", "must be of type string"),
                        new FieldError("#/a", "required", "must be given"));
        assertThat(one.faults(Json.mapper().getNodeFactory().numberNode(5)))
                .containsExactly(new FieldError("#", "one-of", "is not as expected"));
    }

    @Test
    void aLongListIsNotSearchedForDuplicates() throws Exception {
        var list = Json.mapper().valueToTree(Collections.nCopies(9_000, 1));

        assertThat(of("{'uniqueItems':true,'maxItems':200}").faults(list))
                .containsExactly(new FieldError("#", "max-items", "must have at most 200 items"));
        assertThat(of("{'anyOf':[{'uniqueItems':true,'maxItems':200},{'type':'array'}]}")
                        .faults(list))
                .isEmpty();
    }

    @Test
    void nothingOfAValueIsRepeated() throws Exception {
        var secret = "s3cret-s3cret";
        var faults = faults("{\"email\":\"" + secret + "\",\"name\":\"" + secret + "\"}");

        assertThat(faults).hasSize(2).noneMatch(fault -> fault.toString().contains(secret));
    }

    private static List<FieldError> faults(String document) throws JsonProcessingException {
        return new SchemaValidator(SHAPE, Json.mapper()).faults(Json.mapper().readTree(document));
    }
}
