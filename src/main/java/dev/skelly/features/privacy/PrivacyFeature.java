package dev.skelly.features.privacy;

import dev.skelly.crypto.FindSubjectKeys;
import dev.skelly.crypto.MasterKey;
import dev.skelly.crypto.OpenedSubjectKeys;
import dev.skelly.crypto.SubjectKeys;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.Feature;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.QueryHandler;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Manages the keys that encrypt personal data in the log. */
public final class PrivacyFeature implements Feature {

    private final SubjectKeys keys;
    private final Supplier<EventTypeRegistry> catalogue;

    /** Creates the feature without export of events, because it has no event types. {@code master} is needed only where queries are handled. */
    public PrivacyFeature(Optional<MasterKey> master) {
        this(master, () -> EventTypeRegistry.of(Map.of()));
    }

    /**
     * Creates the feature with export of the events that a person may see.
     *
     * @param catalogue read only after the start
     */
    public PrivacyFeature(Optional<MasterKey> master, Supplier<EventTypeRegistry> catalogue) {
        this.keys = new SubjectKeys(master);
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "privacy";
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "privacy.find-keys",
                FindSubjectKeys.class,
                OpenedSubjectKeys.class,
                (sql, query) -> keys.find(sql, query.subjects()).map(OpenedSubjectKeys::new)));
    }

    @Override
    public Optional<PersonalData> personalData() {
        return Optional.of(new PersonalEvents(keys, catalogue));
    }

    /** Destroys the keys of erased accounts, if any exist. Returns how many. */
    public static Future<Integer> shred(SqlClient sql, Collection<UUID> accounts) {
        return ErasureTable.shred(sql, accounts);
    }

    /**
     * Encrypts with the current master key all keys that are encrypted with an earlier one, or not at all. Returns how many. May be interrupted and
     * repeated.
     */
    public Future<Integer> rewrap(SqlClient sql) {
        return keys.rewrap(sql);
    }
}
