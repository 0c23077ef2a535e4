package dev.skelly.features.notifications;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skelly.event.Sha256;
import dev.skelly.feature.Principal;
import dev.skelly.feature.RecipientDirectory.Recipient;
import dev.skelly.view.EventViews;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a person is told of an event.
 *
 * @param views read only after the start
 * @param language tag of the language that every kind has
 */
record NoticeComposer(Supplier<EventViews> views, Clock clock, String language) {

    private static final UUID NO_SESSION = new UUID(0, 0);
    private static final String ALL_OF_KIND = "*";
    private static final int KEY_CHARS_MAX = 200;

    /**
     * Composes a notification.
     *
     * @param topic a channel that the person must be able to read besides; null for none
     * @return empty when the person may not see the event, or has switched the kind off
     */
    Optional<Notify> compose(NotificationKind kind, NoticeCause cause, Recipient person, @Nullable String topic) {
        var reader = new Principal(person.id(), NO_SESSION, person.roles(), 0, Instant.MAX);
        var inApp = kind.inApp() && person.choices().takes(kind.name(), "inApp");
        var mail = kind.mail() && person.choices().takes(kind.name(), "mail");
        if ((!inApp && !mail) || !sees(reader, cause, topic)) {
            return Optional.empty();
        }
        var about = cause.about();
        var hidden = views.get().of(reader).hidden(cause.type(), person.id().equals(about));
        var text = new NoticeText(cause.data(), hidden);
        var chosen = Languages.best(kind.texts().keySet(), person.choices().language(), language);
        var words = Objects.requireNonNull(kind.texts().get(chosen));
        var due = kind.digest().due(clock.instant(), zone(person)).orElse(null);
        return Optional.of(new Notify(
                person.id(),
                kind.name(),
                text.pieces(words.title()),
                text.pieces(words.body()),
                text.path(kind.link()),
                shown(kind, cause, hidden),
                about,
                inApp,
                mail,
                key(kind, text, due != null),
                due));
    }

    /** Tells whether a reader may see an event, and read a topic. */
    private boolean sees(Principal reader, NoticeCause cause, @Nullable String topic) {
        return reader.admin()
                || (cause.channels().stream().anyMatch(channel -> views.get().mayRead(reader, channel))
                        && (topic == null || views.get().mayRead(reader, topic)));
    }

    private static ZoneId zone(Recipient person) {
        var zone = person.choices().timeZone();
        return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
    }

    private static String shown(NotificationKind kind, NoticeCause cause, Set<String> hidden) {
        var event = cause.event();
        var data = cause.data();
        var shown = JsonNodeFactory.instance.objectNode();
        shown.put("id", event.id().toString());
        shown.put("type", event.type());
        shown.put("subject", event.subject());
        var fields = shown.putObject("fields");
        kind.fields().stream()
                .filter(field -> data.has(field) && !hidden.contains(field))
                .forEach(field -> fields.set(field, data.get(field)));
        return shown.toString();
    }

    private static @Nullable String key(NotificationKind kind, NoticeText text, boolean digest) {
        var group = kind.group();
        if (group == null) {
            return digest ? ALL_OF_KIND : null;
        }
        var key = text.key(group);
        return key.length() <= KEY_CHARS_MAX ? key : Sha256.of(key);
    }
}
