package dev.skelly.features.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Audience;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EmitRule;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Sha256;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.schema.SchemaValidator;
import dev.skelly.schema.ValidationBudget;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Validates an event against its type's declaration. Safe on any thread. */
final class EventValidator {

    private final Supplier<EventTypeRegistry> eventTypes;
    private final BiPredicate<Principal, String> rights;
    private final int bytesMax;
    private final JsonMapper json;
    private final JsonMapper sorted;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private volatile IdentityHashMap<EventType, SchemaValidator> schemas =
            new IdentityHashMap<>(); // Of one registry; not changed.

    /**
     * Creates a validator of these types.
     *
     * @param rights whether a caller has a permission such as {@code emit:cart.abandoned}
     * @param bytesMax of an event's data
     */
    EventValidator(
            Supplier<EventTypeRegistry> eventTypes,
            BiPredicate<Principal, String> rights,
            int bytesMax,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids) {
        this.eventTypes = eventTypes;
        this.rights = rights;
        this.bytesMax = bytesMax;
        this.json = json;
        this.sorted =
                json.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Compiles the schemas of all types that can be emitted, which would hold up the first request otherwise.
     *
     * @return what puts them to use
     */
    Runnable prepare(EventTypeRegistry types) {
        var compiled = new IdentityHashMap<EventType, SchemaValidator>();
        for (var type : types.types()) {
            if (type.emission() != null) {
                compiled.put(type, compiled(type));
            }
        }
        return () -> schemas = compiled;
    }

    /**
     * Returns the event as it will be appended. An event without an id gets one of these if its request may be repeated, so that a repeat is
     * recognised.
     *
     * @param budget of the request
     * @throws Problem 401, 403, 413 or 422 with all errors
     * @throws dev.skelly.schema.ValidationTooLongException when the budget does not suffice and a larger one exists
     */
    ValidatedEvent check(
            EmitRequest incoming,
            Optional<Principal> caller,
            CommandContext cause,
            Supplier<UUID> newIds,
            ValidationBudget budget) {
        var type = eventTypes
                .get()
                .named(incoming.type())
                .orElseThrow(() -> Problem.invalid(
                        "#/type", "unknown-type", "must be a declared event type; see /api/event-types"));
        var emission = allowed(type, caller);
        var data = incoming.data();
        var repeatable = incoming.id() != null || cause.once() != null;
        var text = text(data, repeatable);
        requireSize(text);
        var faults = schema(type).faults(data.isMissingNode() ? json.createObjectNode() : data, budget);
        if (!faults.isEmpty()) {
            throw Problem.invalid(
                    faults.stream().map(fault -> fault.below("#/data")).toList());
        }
        var place = new ChannelResolver(incoming, caller.map(Principal::account));
        var subject = place.subject(emission, caller.map(Principal::admin).orElse(false));
        var channels = new Audience(place.channels(type)).channels();
        place.requirePerson(type, subject, channels);
        var chosen = incoming.id() == null && repeatable ? newIds.get() : incoming.id();
        return new ValidatedEvent(
                chosen == null ? ids.get() : chosen,
                chosen == null ? null : digest(type, subject, channels, data.isMissingNode() ? "null" : text, caller),
                type.name(),
                type.version(),
                subject,
                channels,
                text,
                cause.freely(),
                clock.instant());
    }

    private SchemaValidator schema(EventType type) {
        var known = schemas.get(type);
        return known == null ? compiled(type) : known; // Missing only while the types change.
    }

    private SchemaValidator compiled(EventType type) {
        return new SchemaValidator(new BodySchema(type.schema(), false), json);
    }

    private EmitRule allowed(EventType type, Optional<Principal> caller) {
        var emission = type.emission();
        if (emission != null && emission.by().contains(EmitRule.ANYONE)) {
            return emission;
        }
        if (caller.isEmpty()) {
            throw Problem.unauthenticated("sign-in-required", "sign in first");
        }
        var admitted = emission != null
                && (caller.get().roles().stream().anyMatch(emission.by()::contains)
                        || rights.test(caller.get(), "emit:" + type.name()));
        if (emission == null || !admitted) {
            throw Problem.forbidden("you may not emit " + type.name());
        }
        return emission;
    }

    private void requireSize(String text) {
        var chars = text.length();
        if (chars > bytesMax || (chars > bytesMax / 4 && text.getBytes(StandardCharsets.UTF_8).length > bytesMax)) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE, "event-too-large", "an event's data has at most " + bytesMax + " bytes");
        }
    }

    /* Sorts the fields of an event that may be repeated: their order has no meaning, and its digest must not depend on it. */
    private String text(JsonNode data, boolean repeatable) {
        if (data.isMissingNode()) {
            return "{}";
        }
        try {
            return repeatable ? sorted.writeValueAsString(data) : data.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }

    private static String digest(
            EventType type, String subject, List<String> channels, String text, Optional<Principal> caller) {
        var actor = caller.map(Principal::account).map(UUID::toString).orElse("");
        return Sha256.of(String.join("\n", type.name(), subject, actor, String.join(" ", channels), text));
    }
}
