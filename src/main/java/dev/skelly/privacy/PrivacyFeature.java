package dev.skelly.privacy;

import dev.skelly.event.Audience;
import dev.skelly.feature.Feature;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.QueryBinding;
import dev.skelly.log.Tx;
import dev.skelly.security.MasterKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
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
        return Optional.of(new Erasure());
    }

    /** Seals under the present master key what a former one, or none, sealed; how many keys. May be interrupted and called again. */
    public Future<Integer> rewrap(SqlClient sql) {
        return keys.rewrap(sql);
    }

    /** A person's key goes, and with it every sealed field about that person, wherever a copy of the log lies. */
    private final class Erasure implements PersonalData {

        @Override
        public Future<Void> erase(Tx tx, UUID account) {
            return keys.destroy(tx.sql(), Audience.user(account));
        }

        @Override
        public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
            return Future.succeededFuture(
                    Map.of()); // The events are exported, opened; a key tells nothing of a person.
        }
    }
}
