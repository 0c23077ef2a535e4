package dev.skelly.privacy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Audience;
import dev.skelly.event.Envelope;
import dev.skelly.feature.Commands;
import dev.skelly.security.Aes;
import dev.skelly.security.RightsLoss;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts sealed fields back into the data of events, for views that may see them. One a node, whatever its roles: where there is no database
 * it asks the persistence role. Safe on any context.
 */
public final class Opener {

    private static final Logger LOGGER = LoggerFactory.getLogger(Opener.class);

    private final Commands commands;
    private final KeyCache cache;
    private final Sealed form;
    private final LongSupplier nanos;

    /** Asks for keys through {@code commands}. */
    public Opener(Commands commands, PrivacyConfig config, JsonMapper json) {
        this(commands, config, json, System::nanoTime);
    }

    Opener(Commands commands, PrivacyConfig config, JsonMapper json, LongSupplier nanos) {
        this.commands = commands;
        this.cache = new KeyCache(config);
        this.form = new Sealed(json);
        this.nanos = nanos;
    }

    /**
     * The same events, in their order, each with its sealed fields in its data and none sealed any more. Those whose key was destroyed, and
     * those whose fields were tampered with, come without the fields.
     *
     * @param events as they were read from the log, before {@link dev.skelly.event.Catalogue#present}: their stored type is part of the seal
     * @return fails when keys cannot be asked for now
     */
    public Future<List<Envelope>> open(List<Envelope> events) {
        if (events.stream().allMatch(event -> event.sealed() == null)) {
            return Future.succeededFuture(events);
        }
        var known = new HashMap<String, Optional<byte[]>>();
        var unknown = new HashSet<String>();
        for (var event : events) {
            if (event.sealed() != null) {
                look(owner(event), known, unknown);
            }
        }
        return unknown.isEmpty()
                ? Future.succeededFuture(opened(events, known))
                : ask(Set.copyOf(unknown)).map(found -> {
                    unknown.forEach(subject -> known.put(subject, Optional.ofNullable(found.get(subject))));
                    return opened(events, known);
                });
    }

    private static String owner(Envelope event) {
        return Sealed.owner(event.subject(), event.channels());
    }

    private void look(String subject, Map<String, Optional<byte[]>> known, Set<String> unknown) {
        var found = cache.get(subject, nanos.getAsLong());
        if (found == null) {
            unknown.add(subject);
        } else {
            known.put(subject, found.key());
        }
    }

    private Future<Map<String, byte[]>> ask(Set<String> subjects) {
        var asked = nanos.getAsLong();
        var forgettings = cache.forgettings();
        return commands.ask(new FindKeys(subjects))
                .map(FoundKeys::keys)
                .onSuccess(keys -> cache.hold(subjects, keys, asked, forgettings));
    }

    private List<Envelope> opened(List<Envelope> events, Map<String, Optional<byte[]>> keys) {
        return events.stream()
                .map(event -> event.sealed() == null
                        ? event
                        : opened(event, keys.getOrDefault(owner(event), Optional.empty())))
                .toList();
    }

    private Envelope opened(Envelope event, Optional<byte[]> key) {
        if (key.isEmpty()) {
            return event.opened(event.data());
        }
        try {
            return form.open(event, new Aes(key.get()));
        } catch (IllegalArgumentException tampered) {
            LOGGER.atWarn()
                    .addKeyValue("event", event.id())
                    .addKeyValue("type", event.type())
                    .log("sealed fields cannot be opened, shown without them");
            return event.opened(event.data());
        }
    }

    /** Forgets the keys of people whose rights were voided at once: an erasure is one of the reasons. */
    public void forget(RightsLoss loss) {
        if (!loss.versions().isEmpty()) {
            cache.forget(loss.versions().keySet().stream().map(Audience::user).toList());
        }
    }
}
