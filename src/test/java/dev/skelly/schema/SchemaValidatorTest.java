package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static List<FieldError> faults(String document) throws JsonProcessingException {
        return new SchemaValidator(SHAPE, Json.mapper()).faults(Json.mapper().readTree(document));
    }
}
