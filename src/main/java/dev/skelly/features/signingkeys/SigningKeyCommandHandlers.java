package dev.skelly.features.signingkeys;

import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.ListSigningKeys;
import dev.skelly.auth.RotateSigningKey;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.auth.SigningKeyFactory;
import dev.skelly.auth.SigningKeyTable;
import dev.skelly.crypto.MasterKey;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.Platform;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Lists and rotates the keys that sign access tokens. */
final class SigningKeyCommandHandlers {

    /* Longer than the interval at which nodes read the key set, and longer than its header lets other services cache it. */
    private static final Duration ANNOUNCED = Duration.ofMinutes(6);

    private final AuditLog audit;
    private final SigningKeyFactory keys;
    private final SigningKeyTable table;
    private final SecurityConfig config;
    private final Clock clock;

    SigningKeyCommandHandlers(SecurityConfig config, Platform platform) {
        this.audit = platform.audit();
        this.keys = new SigningKeyFactory(MasterKey.configured(config.masterKey()), platform.ids());
        this.table = new SigningKeyTable(platform.json());
        this.config = config;
        this.clock = platform.clock();
    }

    Future<ListSigningKeys.SigningKeyList> list(SqlClient sql, ListSigningKeys query) {
        return table.list(sql, clock.instant().minus(AuthFeature.retiredKeysShown(config)))
                .map(ListSigningKeys.SigningKeyList::new);
    }

    /* Serializes rotations: the second of two concurrent ones retires the first one's key. */
    Future<RotateSigningKey.NewSigningKey> rotate(Tx tx, RotateSigningKey command) {
        var signsFrom = clock.instant().plus(ANNOUNCED);
        var key = keys.make();
        return table.retire(tx.sql(), signsFrom)
                .compose(done -> table.insertFirst(tx.sql(), key.stored(), key.jwk(), signsFrom))
                .compose(done -> audit.note(
                        tx,
                        AuditEntry.on("signing-keys:all", "signing-key.rotated")
                                .changing(Map.of(), Map.of("kid", key.stored().kid()))))
                .compose(done ->
                        tx.append(new SigningKeyEvent.Rotated(key.stored().kid(), signsFrom)))
                .map(new RotateSigningKey.NewSigningKey(key.stored().kid(), signsFrom));
    }
}
