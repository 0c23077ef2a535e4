package dev.skelly.privacy;

import dev.skelly.event.Audience;
import dev.skelly.event.Envelope;
import dev.skelly.event.Json;
import dev.skelly.feature.PersonalData;
import dev.skelly.log.Tx;
import dev.skelly.security.Aes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of a person: handed out with the sealed fields that are about that person, and erased by destroying the key, wherever a
 * copy of the log lies.
 */
final class PersonEvents implements PersonalData {

    private final SubjectKeys keys;
    private final Sealed form = new Sealed(Json.mapper());

    PersonEvents(SubjectKeys keys) {
        this.keys = keys;
    }

    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        return keys.destroy(tx.sql(), Audience.user(account));
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        var person = Audience.user(account);
        return keys.find(sql, Set.of(person))
                .compose(found ->
                        PersonEventsTable.newest(sql, person).map(newest -> export(newest, person, found.get(person))));
    }

    private Map<String, Object> export(PersonEventsTable.Found newest, String person, byte @Nullable [] key) {
        var events = newest.events().stream()
                .map(event -> told(opened(event, person, key)))
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

    private Envelope opened(Envelope event, String person, byte @Nullable [] key) {
        var theirs = Sealed.owner(event.subject(), event.channels()).equals(person);
        if (event.sealed() == null || key == null || !theirs) {
            return event;
        }
        try {
            return form.open(event, new Aes(key));
        } catch (IllegalArgumentException tampered) {
            return event; // As much of it as can be read.
        }
    }

    private static Map<String, Object> told(Envelope event) {
        var told = new LinkedHashMap<String, Object>();
        told.put("id", event.id());
        told.put("type", event.type());
        told.put("subject", event.subject());
        told.put("time", event.time());
        told.put("data", new JsonObject(event.data()).getMap());
        return told;
    }
}
