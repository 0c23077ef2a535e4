package dev.skelly.auth;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.crypto.MasterKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signs access tokens with {@link JWTAuth}, on a node with database connections. Safe on any context. */
public final class TokenIssuer {

    private static final Duration KEY_KEPT = Duration.ofMinutes(1); // A rotation takes effect within this time.
    private static final JWTOptions OPTIONS = new JWTOptions().setAlgorithm(Es256.NAME);

    private record ActiveKey(JWTAuth signer, Instant readAt) {}

    private final SqlClient sql;
    private final SigningKeyTable table;
    private final Optional<MasterKey> masterKey;
    private final SecurityConfig config;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private volatile @Nullable ActiveKey active; // Any thread may replace it; each value is immutable.

    /**
     * Creates an issuer with the active key of a database.
     *
     * @param ids generates token ids
     */
    public TokenIssuer(SqlClient sql, SecurityConfig config, JsonMapper json, Clock clock, Supplier<UUID> ids) {
        this.sql = sql;
        this.table = new SigningKeyTable(json);
        this.masterKey = MasterKey.configured(config.masterKey());
        this.config = config;
        this.clock = clock;
        this.ids = ids;
    }

    /** Returns the lifetime of a token. */
    public Duration life() {
        return config.tokenLife();
    }

    /**
     * Signs an access token for a session.
     *
     * @param rightsVersion of the account, read before its roles were: {@link RightsTable#version}
     * @return fails without a signing key, when the database is unavailable and the key not cached, or when the master key is not the one that
     *     encrypted the key
     */
    public Future<String> sign(UUID account, UUID session, Set<String> roles, int rightsVersion) {
        return sign(account, session, roles, rightsVersion, life());
    }

    /** Signs a token with the lifetime {@code life}, at most {@link #life}, because void tokens are remembered only that long. */
    public Future<String> sign(UUID account, UUID session, Set<String> roles, int rightsVersion, Duration life) {
        if (life.compareTo(life()) > 0) {
            throw new IllegalArgumentException("life of a token: " + life + " (expected: at most " + life() + ")");
        }
        return activeKey()
                .map(key -> key.signer().generateToken(claims(account, session, roles, rightsVersion, life), OPTIONS));
    }

    /** Reads the key, so that a wrong master key is reported at the start and not at the first login. */
    public Future<Void> check() {
        return activeKey().mapEmpty();
    }

    /** Encrypts all signing keys in use with the current master key. Returns how many; 0 without a master key. */
    public Future<Integer> reseal() {
        return masterKey.isEmpty()
                ? Future.succeededFuture(0)
                : table.signing(sql, clock.instant()).compose(keys -> reseal(keys, masterKey.get()));
    }

    private Future<Integer> reseal(List<SigningKeyTable.StoredSigningKey> keys, MasterKey master) {
        return Future.join(keys.stream()
                        .map(key -> table.reseal(sql, key, master.seal(pkcs8(key), key.kid())))
                        .toList())
                .map(keys.size());
    }

    private Future<ActiveKey> activeKey() {
        var known = active;
        if (known != null
                && Duration.between(known.readAt(), clock.instant()).abs().compareTo(KEY_KEPT) < 0) {
            return Future.succeededFuture(known);
        }
        return table.active(sql, clock.instant())
                .map(this::open)
                .recover(failure -> known == null ? Future.failedFuture(failure) : Future.succeededFuture(known));
    }

    private ActiveKey open(Optional<SigningKeyTable.StoredSigningKey> found) {
        var stored = found.orElseThrow(() -> new IllegalStateException("no signing key; the start creates one"));
        var opened = new ActiveKey(Es256.signer(stored.kid(), pkcs8(stored).getBytes()), clock.instant());
        active = opened;
        return opened;
    }

    private Buffer pkcs8(SigningKeyTable.StoredSigningKey stored) {
        if (!stored.sealed()) {
            return stored.privateKey();
        }
        var master = masterKey.orElseThrow(() -> new IllegalArgumentException(
                "security.master-key: empty (expected: the key that encrypted the signing key)"));
        return master.open(stored.privateKey(), stored.kid());
    }

    private JsonObject claims(UUID account, UUID session, Set<String> roles, int rightsVersion, Duration life) {
        var now = clock.instant();
        return new JsonObject()
                .put("iss", config.issuer())
                .put("aud", config.audience())
                .put(TokenRules.USE, TokenRules.ACCESS)
                .put("sub", account.toString())
                .put("sid", session.toString())
                .put("roles", new JsonArray(roles.stream().sorted().toList()))
                .put("rv", rightsVersion)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(life).getEpochSecond())
                .put("jti", ids.get().toString());
    }
}
