package dev.skelly.features.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.config.DidYouMean;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Topic;
import dev.skelly.feature.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts a declaration into a kind, and reports errors that its schema alone does not detect. */
final class NotificationKindReader {

    private static final String OWN = "notification.";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern LINK_START = Pattern.compile("/([^/\\\\\\s].*)?");

    private final EventTypeRegistry types;
    private final String language;
    private final JsonNode declared;
    private final List<FieldError> faults = new ArrayList<>();
    private final List<EventType> on = new ArrayList<>();

    NotificationKindReader(EventTypeRegistry types, String language, JsonNode declared) {
        this.types = types;
        this.language = language;
        this.declared = declared;
    }

    /** Returns the errors; those at places that violate the schema may be misleading. */
    List<FieldError> faults() {
        return List.copyOf(faults);
    }

    /** Returns the kind; empty when there are errors. */
    Optional<NotificationKind> read() {
        var name = declared.path("kind").asText();
        if (!NAME.matcher(name).matches()) {
            fault("#/kind", "must be lower-case words joined by hyphens, such as account-security");
        }
        readTypes();
        var to = receiver(declared.path("to"));
        var texts = texts(declared.path("text"));
        var link = link();
        var group = declared.has("group") ? template(declared.path("group"), "#/group", false) : null;
        var channels =
                declared.path("channels").valueStream().map(JsonNode::asText).toList();
        var digest = digest(declared.path("digest"));
        if (!faults.isEmpty() || to == null) {
            return Optional.empty();
        }
        return Optional.of(new NotificationKind(
                name,
                Set.copyOf(on.stream().map(EventType::name).toList()),
                to,
                texts,
                link,
                channels.isEmpty() ? Set.of(NotificationKind.LIST) : Set.copyOf(channels),
                digest,
                group));
    }

    private void readTypes() {
        var names = types.types().stream().map(EventType::name).toList();
        var list = declared.path("on");
        for (var index = 0; index < list.size(); index++) {
            var name = list.get(index).asText();
            var type = types.named(name).filter(found -> found.name().equals(name));
            if (name.startsWith(OWN)) {
                fault("#/on/" + index, name + " is an event of notifications (expected: another event type)");
            } else if (type.isEmpty()) {
                fault(
                        "#/on/" + index,
                        name + " is not an event type (expected: a known type, perhaps " + DidYouMean.of(name, names)
                                + ")");
            }
            type.ifPresent(on::add);
        }
    }

    private @Nullable Receiver receiver(JsonNode to) {
        if (to.size() != 1) {
            fault("#/to", "must have one of person, role and readers");
            return null;
        }
        if (to.has("role")) {
            return role(to.path("role").asText());
        }
        return to.has("readers")
                ? readers(to.path("readers").asText())
                : person(to.path("person").asText());
    }

    private Receiver person(String named) {
        if (!named.equals(Receiver.SUBJECT) && !named.equals(Receiver.ACTOR)) {
            requireFields(Set.of(named), "#/to/person");
        }
        return new Receiver.Person(named);
    }

    private Receiver role(String role) {
        if (!NAME.matcher(role).matches()) {
            fault("#/to/role", "must be a role, in lower-case words joined by hyphens");
        }
        return new Receiver.Holders(role);
    }

    private @Nullable Receiver readers(String text) {
        try {
            var topic = ChannelTemplate.of(text);
            requireFields(topic.slots(), "#/to/readers");
            var sample = text.replaceAll("\\{[^}]*}", "x");
            var known = types.topics().stream()
                    .map(Topic::pattern)
                    .filter(pattern -> pattern.matches(sample))
                    .toList();
            if (known.isEmpty()) {
                fault("#/to/readers", text + " is not a declared topic");
            } else if (known.stream().allMatch(pattern -> pattern.slots().contains(Topic.OWN))) {
                fault("#/to/readers", text + " is read by one person (expected: to: {person: …})");
            }
            return new Receiver.Readers(topic);
        } catch (IllegalArgumentException fault) {
            fault("#/to/readers", String.valueOf(fault.getMessage()));
            return null;
        }
    }

    private Map<String, NotificationKind.Words> texts(JsonNode languages) {
        var texts = new LinkedHashMap<String, NotificationKind.Words>();
        languages.properties().forEach(each -> {
            var place = "#/text/" + each.getKey();
            if (!Languages.known(each.getKey())) {
                fault(place, each.getKey() + " is not a language (expected: a tag such as en or pt-BR)");
            }
            var title = template(each.getValue().path("title"), place + "/title", true);
            var body = template(each.getValue().path("body"), place + "/body", true);
            if (title != null && body != null) {
                texts.put(each.getKey(), new NotificationKind.Words(title, body));
            }
        });
        if (!languages.has(language)) {
            fault(
                    "#/text",
                    "must have the language " + language + ", for people who chose none (notifications.language)");
        }
        return texts;
    }

    private @Nullable TextTemplate link() {
        if (!declared.has("link")) {
            return null;
        }
        var link = template(declared.path("link"), "#/link", false);
        if (link != null
                && !LINK_START
                        .matcher(link.start() + (link.slots().isEmpty() ? "" : "x"))
                        .matches()) {
            fault("#/link", "must be a path on this site, such as /orders/{orderId}");
        }
        return link;
    }

    private Digest digest(JsonNode digest) {
        if (digest.isMissingNode()) {
            return Digest.AT_ONCE;
        }
        if (digest.size() != 1) {
            fault("#/digest", "must have one of every and dailyAt");
            return Digest.AT_ONCE;
        }
        var every = digest.path("every").asText();
        return every.matches("\\d{1,2}m")
                ? new Digest(Duration.ofMinutes(Long.parseLong(every.substring(0, every.length() - 1))), null)
                : new Digest(null, digest.path("dailyAt").asInt());
    }

    private @Nullable TextTemplate template(JsonNode text, String place, boolean counted) {
        try {
            var template = TextTemplate.of(text.asText());
            var fields = template.slots();
            if (counted) {
                fields.remove(TextTemplate.COUNT);
            }
            requireFields(fields, place);
            return template;
        } catch (IllegalArgumentException fault) {
            fault(place, Objects.requireNonNull(fault.getMessage()));
            return null;
        }
    }

    private void requireFields(Set<String> fields, String place) {
        for (var type : on) {
            for (var field : fields) {
                if (!type.fields().contains(field)) {
                    fault(
                            place,
                            field + " is not a field of " + type.name() + "; there are "
                                    + new TreeSet<>(type.fields()));
                } else if (type.sensitive().contains(field)) {
                    fault(
                            place,
                            field + " of " + type.name()
                                    + " is encrypted in the log, and a notification is not (expected: another field)");
                }
            }
        }
    }

    private void fault(String place, String detail) {
        faults.add(new FieldError(place, "notification", detail));
    }
}
