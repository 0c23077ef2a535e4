package dev.skelly.security;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.CommandBinding;
import dev.skelly.feature.Feature;
import dev.skelly.feature.QueryBinding;
import dev.skelly.log.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The keys that sign access tokens. */
public final class SecurityFeature implements Feature {

    /* Tokens live for minutes; whoever sets more than this must not be surprised by a rotation. */
    private static final Duration RETIRED_KEYS_SHOWN = Duration.ofHours(1);

    private final SigningKeyTable table;
    private final Optional<MasterKey> masterKey;
    private final Duration retiredKeysShown;
    private final Duration rightsMemory;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * The keys of one database.
     *
     * @param ids names for new keys
     */
    public SecurityFeature(SecurityConfig config, JsonMapper json, Clock clock, Supplier<UUID> ids) {
        this.table = new SigningKeyTable(json);
        this.masterKey = MasterKey.of(config);
        this.retiredKeysShown = RETIRED_KEYS_SHOWN.plus(config.tokenLife());
        this.rightsMemory = RightsSource.memory(config);
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "security";
    }

    @Override
    public List<CommandBinding<?, ?>> commands() {
        return List.of(CommandBinding.on(EnsureSigningKey.class, Void.class, this::ensure));
    }

    @Override
    public List<QueryBinding<?, ?>> queries() {
        return List.of(
                QueryBinding.on(PublicKeys.class, KeySet.class, this::publicKeys),
                QueryBinding.on(ReadRights.class, RightsPage.class, this::rights));
    }

    private Future<KeySet> publicKeys(SqlClient sql, PublicKeys query) {
        return table.publicKeys(sql, clock.instant().minus(retiredKeysShown));
    }

    private Future<RightsPage> rights(SqlClient sql, ReadRights query) {
        return RightsTable.read(sql, query.horizon(), rightsMemory);
    }

    private Future<Void> ensure(Tx tx, EnsureSigningKey command) {
        return table.active(tx.sql())
                .compose(found -> found.isPresent() ? sealIfNeeded(tx.sql(), found.get()) : insertFirst(tx.sql()));
    }

    private Future<Void> insertFirst(SqlClient sql) {
        var kid = ids.get().toString();
        var pair = Es256.newKey();
        var pkcs8 = Buffer.buffer(pair.getPrivate().getEncoded());
        var key = new SigningKeyTable.Stored(
                kid, masterKey.map(master -> master.seal(pkcs8, kid)).orElse(pkcs8), masterKey.isPresent());
        return table.insertFirst(sql, key, Es256.jwk(kid, (ECPublicKey) pair.getPublic()), clock.instant());
    }

    private Future<Void> sealIfNeeded(SqlClient sql, SigningKeyTable.Stored key) {
        if (key.sealed() || masterKey.isEmpty()) {
            return Future.succeededFuture();
        }
        return table.seal(sql, key.kid(), masterKey.get().seal(key.privateKey(), key.kid()));
    }
}
