package dev.skelly.features.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EmitRule;
import dev.skelly.event.EventType;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Resolves the subject and the channels of an emitted event from its type's templates and its data. */
final class ChannelResolver {

    private final EmitRequest incoming;
    private final Optional<String> actor;
    private final Map<String, String> values;

    ChannelResolver(EmitRequest incoming, Optional<UUID> actor) {
        this.incoming = incoming;
        this.actor = actor.map(UUID::toString);
        this.values = values(incoming.data());
    }

    private static Map<String, String> values(JsonNode data) {
        var values = new LinkedHashMap<String, String>();
        data.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asText());
            }
        });
        return values;
    }

    /**
     * Returns the subject: derived as the type declares, or the caller's value if it matches.
     *
     * @throws Problem 403 for another person's subject, 422 for one that does not match
     */
    String subject(EmitRule emission, boolean admin) {
        var template = emission.subject();
        var made = template.fill(values, actor);
        var requested = incoming.subject();
        var subject = requested == null ? made : Optional.of(requested).filter(template::matches);
        var found = subject.orElseThrow(() -> unfit(requested == null ? "#/data" : "#/subject", template));
        if (foreign(found)) {
            if (!admin) {
                throw Problem.forbidden("you may not emit an event about another person");
            }
        } else if (made.isPresent() && !made.get().equals(found)) {
            throw unfit("#/subject", template);
        }
        return found;
    }

    private static Problem unfit(String pointer, ChannelTemplate template) {
        return Problem.invalid(
                pointer,
                "subject",
                "must make or be the subject " + template
                        + ", with values of letters, digits, dots, hyphens and underscores");
    }

    private boolean foreign(String subject) {
        return subject.startsWith("user:")
                && !actor.map(id -> subject.equals("user:" + id)).orElse(false);
    }

    /**
     * Returns the channels: all channels of the type, or the one that the caller names.
     *
     * @throws Problem 422 when a channel cannot be built, or the named one does not match
     */
    List<String> channels(EventType type) {
        var channels = new ArrayList<String>();
        var faults = new ArrayList<FieldError>();
        for (var template : type.audience()) {
            channel(template).ifPresentOrElse(channels::add, () -> faults.add(notMade(template)));
        }
        var requested = incoming.channel();
        if (requested == null) {
            if (!faults.isEmpty()) {
                throw Problem.invalid(faults);
            }
            return channels;
        }
        if (!channels.contains(requested)) {
            throw Problem.invalid("#/channel", "channel", "must be one of " + type.audience());
        }
        return List.of(requested);
    }

    /**
     * Rejects sensitive fields that are not about exactly one person, because no erasure would reach them.
     *
     * @throws Problem 422
     */
    void requirePerson(EventType type, String subject, List<String> channels) {
        var sealed =
                type.sensitive().stream().filter(incoming.data()::has).sorted().toList();
        if (!sealed.isEmpty() && Audience.person(subject, channels).isEmpty()) {
            throw Problem.invalid(
                    incoming.channel() == null ? "#/data" : "#/channel",
                    "person",
                    "must name one person by user: and an account id: " + sealed
                            + " are encrypted with that person's key");
        }
    }

    /* A value that the data does not contain may be taken from the channel that the caller names. */
    private Optional<String> channel(ChannelTemplate template) {
        var known = new LinkedHashMap<String, String>();
        if (incoming.channel() != null && !template.slots().isEmpty()) {
            template.read(incoming.channel()).ifPresent(known::putAll);
        }
        known.putAll(values);
        return template.fill(known, actor);
    }

    private static FieldError notMade(ChannelTemplate template) {
        return new FieldError(
                "#/data",
                "channel",
                "must make a channel " + template + ", with values of letters, digits, dots, hyphens and underscores");
    }
}
