package dev.skelly.features.accounts.session;

import dev.skelly.auth.FindSessionHolder;
import dev.skelly.feature.Principal;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.ClientDevice;
import dev.skelly.features.accounts.login.LinkBrowser;
import dev.skelly.features.accounts.password.FindPasswordHash;
import dev.skelly.features.accounts.password.PasswordOwner;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code session}. */
public final class SessionTable {

    /** The maximum number of live sessions per account. */
    public static final int LIVE_MAX = 50;

    private static final String INSERT = """
            insert into session (id, account, family_hash, turn_hash, succession_key, created_at, used_at, expires_at, address, agent, cookie_hash)
            values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)
            """;

    private static final String LOCK = "select * from session where id = $1 for update";

    private static final String TURN = """
            update session
            set turn_hash = $2, previous_hash = $3, used_at = $4, expires_at = $5, cookie_hash = $6, previous_client = $7,
              shown_used_at = case when $8 or shown_used_at is null then used_at else shown_used_at end,
              shown_expires_at = case when $8 or shown_used_at is null then expires_at else shown_expires_at end
            where id = $1
            """;

    private static final String REVOKE = """
            update session
            set revoked_at = $2
            where id = $1 and revoked_at is null
            """;

    private static final String REVOKE_ALL = """
            update session
            set revoked_at = $3
            where account = $1 and revoked_at is null and expires_at > $3 and ($2::uuid is null or id <> $2)
            returning id
            """;

    private static final String OWNER = """
            select a.password_hash, a.email, a.name, s.created_at
            from session s
            join account a on a.id = s.account
            where s.id = $2 and a.id = $1 and s.revoked_at is null and s.expires_at > $3 and not a.disabled
            """;

    /* The version is read in the same statement as the roles: a change that commits in between makes neither newer than the other. */
    private static final String HOLDER = """
            select s.account, s.expires_at, s.cookie_hash, a.roles, coalesce(v.version, 0) as rights_version
            from session s
            join account a on a.id = s.account
            left join rights_version v on v.account = a.id
            where s.id = $1 and s.revoked_at is null and s.expires_at > $2 and not a.disabled
            """;

    /* Any token of a session, also a former one, has the secret of its family. */
    private static final String KNOWS = """
            select exists (
              select
              from session
              where account = $1 and revoked_at is null and expires_at > $2 and (id = $3 or (id = $4 and family_hash = $5))
            )
            """;

    private static final String LIVE = """
            select *
            from session
            where account = $1 and revoked_at is null and expires_at > $2
            """;

    /* Skips rows that a concurrent login of the account is deleting. */
    private static final String CLEAR = """
            delete from session
            where id in (
              select id
              from session
              where account = $1 and (
                expires_at <= $2
                or revoked_at is not null
                or id not in (select id from session where account = $1 and revoked_at is null order by used_at desc limit $3)
              )
              for update skip locked
            )
            returning id, revoked_at is null and expires_at > $2 as live
            """;

    private SessionTable() {}

    static Future<Void> insert(SqlClient sql, Session session, Buffer cookieHash, ClientDevice client) {
        var row = Tuple.tuple()
                .addUUID(session.id())
                .addUUID(session.account())
                .addBuffer(session.familyHash())
                .addBuffer(session.turnHash())
                .addBuffer(session.successionKey())
                .addOffsetDateTime(utc(session.createdAt()))
                .addOffsetDateTime(utc(session.expiresAt()))
                .addString(client.address())
                .addString(client.agent())
                .addBuffer(cookieHash);
        return sql.preparedQuery(INSERT).execute(row).mapEmpty();
    }

    /** Returns the row, locked; the second of two concurrent uses of a token sees the result of the first. */
    static Future<Optional<Session>> lock(SqlClient sql, UUID id) {
        return sql.preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .map(rows -> rows.stream().findFirst().map(SessionTable::session));
    }

    /**
     * Stores the session after a turn.
     *
     * @param before when the token before was issued
     */
    static Future<Void> turn(SqlClient sql, Session session, Instant before, Buffer cookieHash) {
        var former = Objects.requireNonNull(session.former());
        var row = Tuple.tuple()
                .addUUID(session.id())
                .addBuffer(session.turnHash())
                .addBuffer(former.hash())
                .addOffsetDateTime(utc(session.usedAt()))
                .addOffsetDateTime(utc(session.expiresAt()))
                .addBuffer(cookieHash)
                .addBuffer(former.client())
                .addBoolean(SessionView.floor(before).isBefore(SessionView.floor(session.usedAt())));
        return sql.preparedQuery(TURN).execute(row).mapEmpty();
    }

    static Future<Void> revoke(SqlClient sql, UUID id, Instant now) {
        return sql.preparedQuery(REVOKE).execute(Tuple.of(id, utc(now))).mapEmpty();
    }

    /** Ends all live sessions except {@code kept}, which may be null. Returns their ids. */
    static Future<List<UUID>> revokeAll(SqlClient sql, UUID account, @Nullable UUID kept, Instant now) {
        return sql.preparedQuery(REVOKE_ALL)
                .execute(Tuple.of(account, kept, utc(now)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    /** Returns the credentials of a live session's person; empty when the session has ended. */
    public static Future<Optional<FindPasswordHash.PasswordHash>> owner(
            SqlClient sql, UUID account, UUID session, Instant now) {
        return sql.preparedQuery(OWNER)
                .execute(Tuple.of(account, session, utc(now)))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new FindPasswordHash.PasswordHash(
                                new SecretText(row.getString("password_hash")),
                                instant(row, "created_at"),
                                new PasswordOwner(row.getString("email"), row.getString("name")))));
    }

    /** Tells whether a browser has an access token or a refresh token of a live session of an account. */
    public static Future<Boolean> knows(SqlClient sql, UUID account, LinkBrowser browser, Instant now) {
        var refreshToken = browser.refreshToken();
        var token = refreshToken == null ? Optional.<RefreshToken>empty() : RefreshToken.parse(refreshToken.reveal());
        var row = Tuple.tuple()
                .addUUID(account)
                .addOffsetDateTime(utc(now))
                .addUUID(browser.session())
                .addUUID(token.map(RefreshToken::session).orElse(null))
                .addBuffer(token.map(RefreshToken::familyHash).orElse(null));
        return sql.preparedQuery(KNOWS)
                .execute(row)
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Returns the holder of a live session; null when the session has ended, or when the query's hash is not the cookie's. */
    static Future<@Nullable Principal> holder(SqlClient sql, FindSessionHolder query, Instant now) {
        return sql.preparedQuery(HOLDER)
                .execute(Tuple.of(query.session(), utc(now)))
                .map(rows -> rows.stream()
                        .filter(row ->
                                query.cookieHash() == null || matches(row.getBuffer("cookie_hash"), query.cookieHash()))
                        .findFirst()
                        .map(row -> new Principal(
                                row.getUUID("account"),
                                query.session(),
                                Set.of(row.getArrayOfStrings("roles")),
                                row.getInteger("rights_version"),
                                instant(row, "expires_at")))
                        .orElse(null));
    }

    private static boolean matches(@Nullable Buffer stored, String hash) {
        return stored != null
                && MessageDigest.isEqual(stored.getBytes(), Base64.getDecoder().decode(hash));
    }

    /** Lists the live sessions, latest use first. */
    public static Future<List<SessionView>> live(SqlClient sql, UUID account, Instant now) {
        return sql.preparedQuery(LIVE)
                .execute(Tuple.of(account, utc(now)))
                .map(rows -> rows.stream()
                        .map(row -> view(row, now))
                        .sorted(SessionView.LATEST_FIRST)
                        .toList());
    }

    /** Deletes ended sessions, and those unused for longest beyond {@link #LIVE_MAX}. Returns those that were live until now. */
    static Future<List<UUID>> clear(SqlClient sql, UUID account, Instant now) {
        return sql.preparedQuery(CLEAR)
                .execute(Tuple.of(account, utc(now), LIVE_MAX))
                .map(rows -> rows.stream()
                        .filter(row -> row.getBoolean("live"))
                        .map(row -> row.getUUID("id"))
                        .toList());
    }

    private static Session session(Row row) {
        var formerHash = row.getBuffer("previous_hash");
        return new Session(
                row.getUUID("id"),
                row.getUUID("account"),
                row.getBuffer("family_hash"),
                row.getBuffer("turn_hash"),
                formerHash == null ? null : new Session.FormerToken(formerHash, row.getBuffer("previous_client")),
                row.getBuffer("succession_key"),
                instant(row, "created_at"),
                instant(row, "used_at"),
                instant(row, "expires_at"),
                row.getValue("revoked_at") != null);
    }

    /* Until the period of a use has ended, the use before it is shown: the moment of a refresh is a thief's chance. */
    private static SessionView view(Row row, Instant now) {
        var hidden = row.getValue("shown_used_at") != null
                && !SessionView.floor(instant(row, "used_at")).isBefore(SessionView.floor(now));
        return SessionView.coarse(
                row.getUUID("id"),
                instant(row, "created_at"),
                instant(row, hidden ? "shown_used_at" : "used_at"),
                instant(row, hidden ? "shown_expires_at" : "expires_at"),
                new ClientDevice(row.getString("address"), row.getString("agent")));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
