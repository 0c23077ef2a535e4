package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.EventTypeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the events that may be emitted are named in the API description. */
class EmitBodySchemasTest {

    private static final String TYPE = """
              - name: %s
                meaning: A lamp was switched.
                data: {type: object, properties: {feature: {type: string, maxLength: 100}}, additionalProperties: false}
                audience: [public]
                emit: [user]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String bodies(String... names) throws IOException {
        var types = new StringBuilder("types:\n");
        for (var name : names) {
            types.append(TYPE.formatted(name));
        }
        Files.writeString(folder.resolve("lamps.yaml"), types);
        var eventTypes = EventTypeRegistry.of(
                Map.of(), new EventTypeFiles().folder(folder).declared());
        return EmitBodySchemas.all(eventTypes).get(0).schema().toString();
    }

    @Test
    void eventHasANameOfItsOwn() throws IOException {
        assertThat(bodies("lamp.on", "lamp.switched-off"))
                .contains("title=LampOnEmission", "title=LampSwitchedOffEmission", "title=Emission");
    }

    @Test
    void typesThatDifferInPunctuationAloneAreNotNamed() throws IOException {
        assertThat(bodies("lamp.on-off", "lamp.on.off", "lamp.broken"))
                .contains("title=LampBrokenEmission")
                .doesNotContain("title=LampOnOffEmission");
    }

    @Test
    void nothingToEmitIsAnEventOfAnyType() {
        assertThat(EmitBodySchemas.all(EventTypeRegistry.of(Map.of()))
                        .get(0)
                        .schema()
                        .toString())
                .contains("title=Emission", "title=EmissionBatch");
    }
}
