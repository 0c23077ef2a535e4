package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.CommandContext;
import dev.skelly.event.CurrentEventTypes;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.schema.ValidationBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emissions while the declaration of their type changes. */
class ChangedTypeTest {

    private static final int EMISSIONS = 2_000;
    private static final String OLD = """
            types:
              - name: lamp.lit
                meaning: A lamp was lit.
                data: {type: object, properties: {place: {type: string, maxLength: 20}}, required: [place], additionalProperties: false}
                audience: [self]
                emit: [user]
            """;
    private static final String NEW = """
            types:
              - name: lamp.lit
                meaning: A lamp was lit.
                version: 2
                upcasts: [{from: 1, rename: {place: where}}]
                data: {type: object, properties: {where: {type: string, maxLength: 3}}, required: [where], additionalProperties: false}
                audience: ["topic:lamps/{where}"]
                emit: [user]
            """;
    private static final Principal ADA =
            new Principal(new UUID(0, 1), new UUID(0, 2), Set.of("user"), 0, Instant.parse("2030-01-01T00:00:00Z"));

    private static EventTypeRegistry types(Path folder, String declarations) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("lamp.yaml"), declarations);
        return EventTypeRegistry.of(
                Map.of(), new EventTypeFiles().folder(folder).declared());
    }

    private static Optional<ValidatedEvent> emit(EventValidator validator, String field, String value) {
        var json = Json.mapper();
        var body = json.createObjectNode().put("type", "lamp.lit");
        body.putObject("data").put(field, value);
        try {
            return Optional.of(validator.check(
                    EmitRequest.own(body),
                    Optional.of(ADA),
                    CommandContext.fresh(new UUID(0, 3)),
                    UUID::randomUUID,
                    ValidationBudget.ofRequest()));
        } catch (Problem refused) {
            return Optional.empty();
        }
    }

    private static Thread flips(CurrentEventTypes present, List<EventTypeRegistry> turns, AtomicBoolean over) {
        var flips = new Thread(() -> {
            while (!over.get()) {
                turns.forEach(present::replace);
            }
        });
        flips.start();
        return flips;
    }

    @Test
    void isJudgedByOneDeclarationAlone(@TempDir Path folder) throws Exception {
        // Given
        var before = types(folder.resolve("old"), OLD);
        var after = types(folder.resolve("new"), NEW);
        var present = new CurrentEventTypes(before);
        var validator = new EventValidator(
                present, (person, act) -> false, 1_000, Json.mapper(), Clock.systemUTC(), UUID::randomUUID);
        present.onChange(validator::prepare);
        var over = new AtomicBoolean();
        var flips = flips(present, List.of(after, before), over);

        // When
        var oldOnes = new ArrayList<ValidatedEvent>();
        var newOnes = new ArrayList<ValidatedEvent>();
        for (var count = 0; count < EMISSIONS; count++) {
            emit(validator, "place", "in the hall").ifPresent(oldOnes::add);
            emit(validator, "where", "in").ifPresent(newOnes::add);
            assertThat(emit(validator, "where", "in the hall")).isEmpty(); // Fields of one, lengths of the other.
        }
        over.set(true);
        flips.join();

        // Then
        assertThat(oldOnes).isNotEmpty().allSatisfy(event -> {
            assertThat(event.version()).isEqualTo(1);
            assertThat(event.channels()).isEqualTo(List.of("user:" + ADA.account()));
        });
        assertThat(newOnes).isNotEmpty().allSatisfy(event -> {
            assertThat(event.version()).isEqualTo(2);
            assertThat(event.channels()).isEqualTo(List.of("topic:lamps/in"));
        });
    }
}
