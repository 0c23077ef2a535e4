package dev.skelly.auth;

import dev.skelly.crypto.MasterKey;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Provides the keys that sign access tokens. */
public final class AuthFeature implements Feature {

    private static final Duration HEARD_LATE = Duration.ofMinutes(2); // Signing nodes read the key every minute.

    private final SecurityConfig config;
    private final Optional<MasterKey> masterKey;

    /** Creates the feature on the keys of one database. */
    public AuthFeature(SecurityConfig config) {
        this.config = config;
        this.masterKey = MasterKey.configured(config.masterKey());
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
    public void install(FeatureRegistry registry, Platform platform) {
        var table = new SigningKeyTable(platform.json());
        var clock = platform.clock();
        var keys = new SigningKeyFactory(masterKey, platform.ids());
        registry.command(
                "security.ensure-signing-key",
                EnsureSigningKey.class,
                (tx, command) -> ensure(table, keys, tx.sql(), clock.instant()));
        registry.query(
                "security.find-public-keys",
                FindPublicKeys.class,
                JsonWebKeySet.class,
                (sql, query) -> table.publicKeys(sql, clock.instant().minus(retiredKeysShown(config))));
        registry.query(
                "security.read-rights",
                ReadRights.class,
                RightsDelta.class,
                (sql, query) -> RightsTable.read(sql, query.horizon(), RightsSource.memory(config)));
        registry.startupStep(sql -> platform.commands()
                .send(
                        new EnsureSigningKey(),
                        CommandContext.fresh(platform.ids().get())));
    }

    private Future<Void> ensure(SigningKeyTable table, SigningKeyFactory keys, SqlClient sql, Instant now) {
        return table.active(sql, now).compose(found -> {
            if (found.isPresent()) {
                return sealIfNeeded(table, sql, found.get());
            }
            var key = keys.make();
            return table.insertFirst(sql, key.stored(), key.jwk(), now);
        });
    }

    private Future<Void> sealIfNeeded(SigningKeyTable table, SqlClient sql, SigningKeyTable.StoredSigningKey key) {
        if (key.sealed() || masterKey.isEmpty()) {
            return Future.succeededFuture();
        }
        return table.seal(sql, key.kid(), masterKey.get().seal(key.privateKey(), key.kid()));
    }
}
