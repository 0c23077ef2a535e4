package dev.skelly.auth;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.crypto.MasterKey;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryHandler;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Provides the keys that sign access tokens. */
public final class AuthFeature implements Feature {

    private static final Duration HEARD_LATE = Duration.ofMinutes(2); // Signing nodes read the key every minute.

    private final SigningKeyTable table;
    private final Optional<MasterKey> masterKey;
    private final SigningKeyFactory keys;
    private final Duration retiredKeysShown;
    private final Duration rightsMemory;
    private final Clock clock;

    /**
     * Creates the feature on the keys of one database.
     *
     * @param ids generates the key ids
     */
    public AuthFeature(SecurityConfig config, JsonMapper json, Clock clock, Supplier<UUID> ids) {
        this.table = new SigningKeyTable(json);
        this.masterKey = MasterKey.configured(config.masterKey());
        this.keys = new SigningKeyFactory(masterKey, ids);
        this.retiredKeysShown = retiredKeysShown(config);
        this.rightsMemory = RightsSource.memory(config);
        this.clock = clock;
    }

    /**
     * Returns how long a retired key still verifies: until its last token, signed by a node that read the keys late, has expired on the slowest
     * clock.
     */
    public static Duration retiredKeysShown(SecurityConfig config) {
        return config.tokenLife().plus(config.tokenLeeway()).plus(HEARD_LATE);
    }

    @Override
    public String name() {
        return "security";
    }

    @Override
    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("security.ensure-signing-key", EnsureSigningKey.class, Void.class, this::ensure));
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on(
                        "security.find-public-keys", FindPublicKeys.class, JsonWebKeySet.class, this::publicKeys),
                QueryHandler.on("security.read-rights", ReadRights.class, RightsDelta.class, this::rights));
    }

    private Future<JsonWebKeySet> publicKeys(SqlClient sql, FindPublicKeys query) {
        return table.publicKeys(sql, clock.instant().minus(retiredKeysShown));
    }

    private Future<RightsDelta> rights(SqlClient sql, ReadRights query) {
        return RightsTable.read(sql, query.horizon(), rightsMemory);
    }

    private Future<Void> ensure(Tx tx, EnsureSigningKey command) {
        return table.active(tx.sql(), clock.instant())
                .compose(found -> found.isPresent() ? sealIfNeeded(tx.sql(), found.get()) : insertFirst(tx.sql()));
    }

    private Future<Void> insertFirst(SqlClient sql) {
        var key = keys.make();
        return table.insertFirst(sql, key.stored(), key.jwk(), clock.instant());
    }

    private Future<Void> sealIfNeeded(SqlClient sql, SigningKeyTable.StoredSigningKey key) {
        if (key.sealed() || masterKey.isEmpty()) {
            return Future.succeededFuture();
        }
        return table.seal(sql, key.kid(), masterKey.get().seal(key.privateKey(), key.kid()));
    }
}
