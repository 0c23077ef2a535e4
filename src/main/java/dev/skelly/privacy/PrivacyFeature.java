package dev.skelly.privacy;

import dev.skelly.feature.Feature;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.QueryBinding;
import dev.skelly.security.MasterKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The keys under which what the log keeps of people is sealed. */
public final class PrivacyFeature implements Feature {

    private final SubjectKeys keys;

    /** Opens subjects' keys with {@code master}; needed only where queries are answered. */
    public PrivacyFeature(Optional<MasterKey> master) {
        this.keys = new SubjectKeys(master);
    }

    @Override
    public String name() {
        return "privacy";
    }

    @Override
    public List<QueryBinding<?, ?>> queries() {
        return List.of(QueryBinding.on(
                FindKeys.class,
                FoundKeys.class,
                (sql, query) -> keys.find(sql, query.subjects()).map(FoundKeys::new)));
    }

    @Override
    public Optional<PersonalData> personalData() {
        return Optional.of(new PersonEvents(keys));
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
