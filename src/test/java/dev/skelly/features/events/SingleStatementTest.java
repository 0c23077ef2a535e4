package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.worker.EmitterNotifications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are appended without a transaction around them only where one statement is all that is written and nothing has to be looked up. */
class SingleStatementTest {

    private static final String TYPES = """
            types:
              - name: bell.rung
                meaning: Somebody wants to be served.
                data: {type: object, properties: {}, additionalProperties: false}
                audience: [self]
                emit: [user]
              - name: cart.left
                meaning: A person left with things in the cart.
                data: {type: object, properties: {}, additionalProperties: false}
                audience: [self]
                emit: [user]
                outcome: true
              - name: parcel.sent
                meaning: A parcel is on its way to a person.
                data: {type: object, properties: {street: {type: string, maxLength: 100}}, additionalProperties: false}
                audience: [self]
                sensitive: [street]
                emit: [user]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private EmitCommandHandlers commands;

    @BeforeEach
    void declare() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), TYPES);
        var eventTypes = EventTypeRegistry.of(
                Map.of(), new EventTypeFiles().folder(folder).declared());
        commands = new EmitCommandHandlers(
                () -> eventTypes,
                () -> {
                    throw new IllegalStateException("no cursor is asked for");
                },
                new EmitterNotifications(() -> eventTypes, List::of));
    }

    @Test
    void plainEventsNeedNoTransaction() {
        assertThat(single(event("bell.rung", null), event("bell.rung", null))).isTrue();
    }

    @Test
    void oneThatNeedsMorePutsAllInATransaction() {
        var plain = event("bell.rung", null);
        assertThat(single(plain, event("bell.rung", "digest of a chosen id"))).isFalse();
        assertThat(single(plain, event("cart.left", null))).isFalse();
        assertThat(single(plain, event("parcel.sent", null))).isFalse();
        assertThat(single(plain, event("not.known", null))).isFalse();
    }

    private boolean single(ValidatedEvent... events) {
        return commands.single(new AppendEvents(Arrays.asList(events)));
    }

    private static ValidatedEvent event(String type, @Nullable String digest) {
        var cause = new CommandContext(UUID.randomUUID(), null, null, null);
        return new ValidatedEvent(
                UUID.randomUUID(), digest, type, 1, "door:1", List.of("public"), "{}", cause, Instant.EPOCH);
    }
}
