package dev.skelly.crypto;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.crypto.SubjectKeyCache.CachedKey;
import dev.skelly.event.Audience;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.CommandBus;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decrypts the sensitive fields of events for views that may see them. One per node, whatever its roles: without a database it gets keys from
 * the persistence role. Safe on any context.
 */
public final class FieldDecryptor {

    private static final Logger LOGGER = LoggerFactory.getLogger(FieldDecryptor.class);

    private final CommandBus commands;
    private final SubjectKeyCache cache;
    private final SealedFieldsCodec form;
    private final LongSupplier nanos;

    /** Creates the decryptor. Keys come through {@code commands}. */
    public FieldDecryptor(CommandBus commands, PrivacyConfig config, JsonMapper json) {
        this(commands, config, json, System::nanoTime);
    }

    FieldDecryptor(CommandBus commands, PrivacyConfig config, JsonMapper json, LongSupplier nanos) {
        this.commands = commands;
        this.cache = new SubjectKeyCache(config, nanos);
        this.form = new SealedFieldsCodec(json);
        this.nanos = nanos;
    }

    /**
     * Events with decrypted fields in their data, as far as keys exist.
     *
     * @param events none encrypted any more
     * @param lifetime how long they may be cached
     */
    public record Opened(List<StoredEvent> events, Lifetime lifetime) {}

    /** Limits how long decrypted data may be cached; see {@link #lasts}. */
    public record Lifetime(long forgettings, long untilNanos) {}

    /**
     * Returns the same events in their order, each with its fields decrypted. Events whose key was destroyed, and those whose fields were tampered
     * with, come without the fields.
     *
     * @param events as read from the log, before {@link dev.skelly.event.EventTypeRegistry#present}: their stored type is authenticated
     * @return fails when keys cannot be read at the moment
     */
    public Future<List<StoredEvent>> open(List<StoredEvent> events) {
        return events.stream().allMatch(event -> event.sealed() == null)
                ? Future.succeededFuture(events)
                : unseal(events).map(Opened::events);
    }

    /** Decrypts like {@link #open}, for callers that cache the result. */
    public Future<Opened> unseal(List<StoredEvent> events) {
        var asked = nanos.getAsLong();
        var forgettings = cache.forgettings();
        var known = new HashMap<String, CachedKey>();
        var unknown = new HashSet<String>();
        for (var event : events) {
            if (event.sealed() != null) {
                look(owner(event), asked, known, unknown);
            }
        }
        return unknown.isEmpty()
                ? Future.succeededFuture(opened(events, known, asked, forgettings))
                : commands.query(new FindSubjectKeys(unknown)).map(found -> {
                    known.putAll(cache.hold(unknown, found.keys(), asked, forgettings));
                    return opened(events, known, asked, forgettings);
                });
    }

    /** Decrypts one event with cached keys; empty when its key is not cached. */
    public Optional<Opened> unsealAtOnce(StoredEvent event) {
        var now = nanos.getAsLong();
        var forgettings = cache.forgettings();
        var held = cache.get(owner(event), now);
        return held == null
                ? Optional.empty()
                : Optional.of(opened(List.of(event), Map.of(owner(event), held), now, forgettings));
    }

    /** Tells whether decrypted data may still be shown: no key was removed since, and all keys used are recent enough. */
    public boolean lasts(Lifetime lifetime) {
        return lifetime.forgettings() == cache.forgettings() && nanos.getAsLong() - lifetime.untilNanos() < 0;
    }

    private static String owner(StoredEvent event) {
        return SealedFieldsCodec.owner(event.subject(), event.channels());
    }

    private void look(String subject, long now, Map<String, CachedKey> known, Set<String> unknown) {
        var found = cache.get(subject, now);
        if (found == null) {
            unknown.add(subject);
        } else {
            known.put(subject, found);
        }
    }

    private Opened opened(List<StoredEvent> events, Map<String, CachedKey> keys, long now, long forgettings) {
        var left = keys.values().stream()
                .mapToLong(held -> held.untilNanos() - now)
                .min()
                .orElse(0);
        var open = events.stream()
                .map(event -> event.sealed() == null ? event : opened(event, key(event, keys)))
                .toList();
        return new Opened(open, new Lifetime(forgettings, now + left));
    }

    private static Optional<byte[]> key(StoredEvent event, Map<String, CachedKey> keys) {
        var held = keys.get(owner(event));
        return held == null ? Optional.empty() : held.key();
    }

    private StoredEvent opened(StoredEvent event, Optional<byte[]> key) {
        if (key.isEmpty()) {
            return event.opened(event.data());
        }
        try {
            return form.open(event, new AesGcm(key.get()));
        } catch (IllegalArgumentException tampered) {
            LOGGER.atWarn()
                    .addKeyValue("event", event.id())
                    .addKeyValue("type", event.type())
                    .log("encrypted fields cannot be decrypted, shown without them");
            return event.opened(event.data());
        }
    }

    /** Removes the cached keys of accounts whose rights were revoked, because an erasure may be the reason. */
    public void forget(Set<UUID> accounts) {
        if (!accounts.isEmpty()) {
            cache.forget(accounts.stream().map(Audience::user).toList());
        }
    }
}
