package dev.skelly.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The SQL of table {@code signing_key}. */
public final class SigningKeyTable {

    /** The stored private half. */
    public record StoredSigningKey(String kid, Buffer privateKey, boolean sealed) {}

    private static final String INSERT_FIRST = """
            insert into signing_key (kid, private_key, sealed, public_jwk, created_at)
            values ($1, $2, $3, $4::text::jsonb, $5)
            on conflict ((retired_at is null)) where retired_at is null do nothing
            """;

    /* The newest that has begun. A clock that was ahead and is right again leaves none: then the one that begins first. */
    private static final String ACTIVE = """
            select kid, private_key, sealed
            from signing_key
            where retired_at is null or retired_at > $1
            order by created_at <= $1 desc, abs(extract(epoch from created_at - $1))
            limit 1
            """;

    private static final String SIGNING = """
            select kid, private_key, sealed
            from signing_key
            where retired_at is null or retired_at > $1
            """;

    private static final String RETIRE = "update signing_key set retired_at = $1 where retired_at is null";

    private static final String LIST = """
            select kid, sealed, created_at, retired_at
            from signing_key
            where retired_at is null or retired_at > $1
            order by created_at desc, kid
            """;

    private static final String SEAL = """
            update signing_key
            set private_key = $2, sealed = true
            where kid = $1 and not sealed
            """;

    private static final String RESEAL = """
            update signing_key
            set private_key = $2, sealed = true
            where kid = $1 and private_key = $3
            """;

    private static final String PUBLIC = """
            select public_jwk::text as jwk
            from signing_key
            where retired_at is null or retired_at > $1
            order by created_at desc, kid
            """;

    private final JsonMapper json;

    public SigningKeyTable(JsonMapper json) {
        this.json = json;
    }

    /** Inserts a key unless one exists that is not retired. It signs from {@code now}, which may be in the future. */
    public Future<Void> insertFirst(SqlClient sql, StoredSigningKey key, JsonWebKey jwk, Instant now) {
        var row = Tuple.of(key.kid(), key.privateKey(), key.sealed(), write(jwk), at(now));
        return sql.preparedQuery(INSERT_FIRST).execute(row).mapEmpty();
    }

    /** Retires the newest key from a time on, which may be in the future. */
    public Future<Void> retire(SqlClient sql, Instant from) {
        return sql.preparedQuery(RETIRE).execute(Tuple.of(at(from))).mapEmpty();
    }

    /** Lists the keys that are not retired, or were retired after a time. */
    public Future<List<ListSigningKeys.SigningKey>> list(SqlClient sql, Instant retiredAfter) {
        return sql.preparedQuery(LIST)
                .execute(Tuple.of(at(retiredAfter)))
                .map(rows -> rows.stream().map(SigningKeyTable::key).toList());
    }

    private static ListSigningKeys.SigningKey key(Row row) {
        var until = row.getOffsetDateTime("retired_at");
        return new ListSigningKeys.SigningKey(
                row.getString("kid"),
                row.getOffsetDateTime("created_at").toInstant(),
                until == null ? null : until.toInstant(),
                row.getBoolean("sealed"));
    }

    /** Returns the key that signs now. */
    Future<Optional<StoredSigningKey>> active(SqlClient sql, Instant now) {
        return sql.preparedQuery(ACTIVE)
                .execute(Tuple.of(at(now)))
                .map(rows -> rows.stream().findFirst().map(SigningKeyTable::stored));
    }

    /** Returns the keys that sign now or later. */
    Future<List<StoredSigningKey>> signing(SqlClient sql, Instant now) {
        return sql.preparedQuery(SIGNING)
                .execute(Tuple.of(at(now)))
                .map(rows -> rows.stream().map(SigningKeyTable::stored).toList());
    }

    private static StoredSigningKey stored(Row row) {
        return new StoredSigningKey(row.getString("kid"), row.getBuffer("private_key"), row.getBoolean("sealed"));
    }

    Future<Void> seal(SqlClient sql, String kid, Buffer sealed) {
        return sql.preparedQuery(SEAL).execute(Tuple.of(kid, sealed)).mapEmpty();
    }

    /** Replaces a stored key. Does nothing when it has changed since it was read. */
    Future<Void> reseal(SqlClient sql, StoredSigningKey key, Buffer sealed) {
        return sql.preparedQuery(RESEAL)
                .execute(Tuple.of(key.kid(), sealed, key.privateKey()))
                .mapEmpty();
    }

    /** Returns the public keys of those that are active, or were retired after a time. */
    Future<JsonWebKeySet> publicKeys(SqlClient sql, Instant retiredAfter) {
        return sql.preparedQuery(PUBLIC)
                .execute(Tuple.of(at(retiredAfter)))
                .map(rows -> new JsonWebKeySet(
                        rows.stream().map(row -> read(row.getString("jwk"))).toList()));
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private String write(JsonWebKey jwk) {
        try {
            return json.writeValueAsString(jwk);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a key of six texts can be written", e);
        }
    }

    private JsonWebKey read(String text) {
        try {
            return json.readValue(text, JsonWebKey.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored public key cannot be read", e);
        }
    }
}
