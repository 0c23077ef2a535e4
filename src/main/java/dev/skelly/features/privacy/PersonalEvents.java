package dev.skelly.features.privacy;

import dev.skelly.auth.Permissions;
import dev.skelly.crypto.AesGcm;
import dev.skelly.crypto.SealedFieldsCodec;
import dev.skelly.crypto.SubjectKeys;
import dev.skelly.event.Audience;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.PersonalData;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exports and erases a person's data in the log. An export decrypts the fields about that person. An erasure destroys the key, which covers all
 * copies of the log.
 */
final class PersonalEvents implements PersonalData {

    private final SubjectKeys keys;
    private final Supplier<EventTypeRegistry> eventTypes;
    private final SealedFieldsCodec form = new SealedFieldsCodec(Json.mapper());

    PersonalEvents(SubjectKeys keys, Supplier<EventTypeRegistry> eventTypes) {
        this.keys = keys;
        this.eventTypes = eventTypes;
    }

    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        return keys.destroy(tx.sql(), Audience.user(account));
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        var person = Audience.user(account);
        return keys.find(sql, Set.of(person))
                .compose(found -> PersonalEventsTable.newest(sql, account)
                        .map(newest -> export(newest, person, found.get(person))));
    }

    private Map<String, Object> export(
            PersonalEventsTable.FoundPersonalEvent newest, String person, byte @Nullable [] key) {
        var events = newest.events().stream()
                .map(event -> told(opened(event, person, key), person))
                .toList();
        var all = new LinkedHashMap<String, Object>();
        if (!events.isEmpty()) {
            all.put("events", events);
        }
        if (newest.truncated()) {
            all.put("truncated", true);
        }
        return all;
    }

    private StoredEvent opened(StoredEvent event, String person, byte @Nullable [] key) {
        var theirs = SealedFieldsCodec.owner(event.subject(), event.channels()).equals(person);
        if (event.sealed() == null || key == null || !theirs) {
            return event;
        }
        try {
            return form.open(event, new AesGcm(key));
        } catch (IllegalArgumentException tampered) {
            return event; // Undecryptable fields stay as they are.
        }
    }

    private Map<String, Object> told(StoredEvent event, String person) {
        var told = new LinkedHashMap<String, Object>();
        told.put("id", event.id());
        told.put("type", event.type());
        told.put("subject", event.subject());
        told.put("time", event.time());
        told.put("data", shown(event, person));
        return told;
    }

    /* Returns only what the person may see elsewhere, and nothing of types that are undeclared or unreadable. */
    private Map<String, Object> shown(StoredEvent event, String person) {
        var types = eventTypes.get();
        var type = types.named(event.type()).orElse(null);
        if (type == null) {
            return Map.of();
        }
        try {
            var data = Json.object(types.present(event).data());
            data.keySet().removeAll(type.views().hiddenFrom(roles(event, person)));
            return data;
        } catch (IllegalStateException unreadable) {
            return Map.of();
        }
    }

    /* The event is about one person, or otherwise about its actor. */
    private static List<String> roles(StoredEvent event, String person) {
        var about = Audience.person(event.subject(), event.channels())
                .orElse(event.actor() == null ? "" : Audience.user(event.actor()));
        return about.equals(person) ? List.of(Permissions.USER, FieldVisibility.SELF) : List.of(Permissions.USER);
    }
}
