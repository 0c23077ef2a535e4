package dev.skelly.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each example in the documents of a running node is valid, also those of event types that an operator declared. */
class GeneratedExamplesIT {

    private static final String DECLARED = """
            types:
              - name: parcel.labelled
                meaning: A label was printed.
                data:
                  type: object
                  properties:
                    label: {type: string, maxLength: 20, minLength: 9, pattern: '^[A-Z]{2}-\\d{4,12}$'}
                    carrier: {type: string, maxLength: 20, pattern: '^(?:fast|slow)(?:-\\d+)?$'}
                    never: {type: string, maxLength: 20, pattern: '^a$b'}
                    weight: {type: number, exclusiveMinimum: 0, maximum: 0.5}
                    colour: {type: string, maxLength: 9, examples: [red], pattern: '^r'}
                  required: [label, carrier]
                  additionalProperties: false
                audience: [self]
                emit: [user]
            """;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static WholeNode node;

    @BeforeAll
    static void start() throws IOException {
        folder = TemporaryFolder.make("skelly-test-events");
        Files.writeString(folder.resolve("parcel.yaml"), DECLARED);
        node = WholeNode.start(Map.of("events.dir", folder.toString()));
    }

    @AfterAll
    static void stop() {
        node.close();
        TemporaryFolder.delete(folder);
    }

    @ParameterizedTest
    @CsvSource({"/openapi.json, 100", "/asyncapi.json, 0"})
    void eachExampleIsValid(String path, int least) {
        var examples = new DocumentExamples(node.read(node.get(path).body()));
        assertThat(examples.faults()).isEmpty();
        assertThat(examples.found()).hasSizeGreaterThanOrEqualTo(least);
    }

    @Test
    void eachJsonBodyOfTheProgramHasAnExample() {
        var paths = node.read(node.get("/openapi.json").body()).path("paths");
        var bodies = paths.findValues("application/json");
        assertThat(bodies)
                .isNotEmpty()
                .allSatisfy(body -> assertThat(body.has("example") || body.has("examples"))
                        .as(body.toString())
                        .isTrue());
    }

    @Test
    void aFaultyExampleIsFound() {
        var document = """
                {"body": {"schema": {"$ref": "#/components/schemas/A"}, "example": {"a": "b"}},
                 "components": {"schemas": {"A": {"type": "object", "properties": {"a": {"type": "string", "pattern": "^a"}}}}}}
                """;
        assertThat(new DocumentExamples(node.read(document)).faults())
                .singleElement()
                .asString()
                .startsWith("/body/example: ");
        assertThat(List.of("/body/example")).isEqualTo(new DocumentExamples(node.read(document)).found());
    }
}
