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

/** The keys under which what the log keeps of people is sealed. */
public final class PrivacyFeature implements Feature {

    private final SubjectKeys keys;
    private final Supplier<EventTypeRegistry> catalogue;

    /** Opens subjects' keys with {@code master}; needed only where queries are answered. Hands out no data of events: it knows none. */
    public PrivacyFeature(Optional<MasterKey> master) {
        this(master, () -> EventTypeRegistry.of(Map.of()));
    }

    /**
     * The same, that hands out what a person is shown of the log.
     *
     * @param catalogue asked only after the start
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

    /** Destroys the keys of people who were erased, should there be any; how many. */
    public static Future<Integer> shred(SqlClient sql, Collection<UUID> accounts) {
        return ErasureTable.shred(sql, accounts);
    }

    /** Seals under the present master key what a former one, or none, sealed; how many keys. May be interrupted and called again. */
    public Future<Integer> rewrap(SqlClient sql) {
        return keys.rewrap(sql);
    }
}
