package dev.skelly.features.accounts;

import dev.skelly.feature.EntityTag;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.UserDirectory;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code account}. */
public final class AccountTable {

    private static final String UNIQUE_VIOLATION = "23505"; // PostgreSQL manual, appendix A.

    private static final String INSERT = """
            insert into account (id, email, email_key, name, password_hash, roles, verified_at, created_at, must_verify)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (email_key) do nothing
            """;

    private static final String BY_ID = "select * from account where id = $1";

    /* Excludes a concurrent change of the password and an erasure. Rows that refer to this one can still be inserted. */
    private static final String LOCK = "select * from account where id = $1 for no key update";

    private static final String LOCK_WHOLE = "select * from account where id = $1 for update";

    /* An administrator who gives a role to an account, or disables it, decided about it. */
    private static final String UNVERIFIED =
            "must_verify and verified_at is null and created_at < $2 and roles = array['user'] and not disabled";

    private static final String LOCK_UNVERIFIED =
            "select id from account where id = $1 and " + UNVERIFIED + " for update";

    private static final String FIND_UNVERIFIED =
            "select id from account where ($1::uuid is null or id > $1) and " + UNVERIFIED + " order by id limit $3";

    private static final String BY_KEY = "select * from account where email_key = $1";

    private static final String PAGE = """
            select *
            from account
            where $1::uuid is null or id < $1
            order by id desc
            limit $2
            """;

    private static final String RENAME = """
            update account
            set name = $2, version = version + 1
            where id = $1 and ($3::bigint is null or version = $3)
            returning *
            """;

    private static final String VERIFY = """
            update account
            set verified_at = $2, version = version + 1
            where id = $1
            """;

    private static final String CHANGE_EMAIL = """
            update account
            set email = $2, email_key = $3, verified_at = $4, version = version + 1
            where id = $1
            """;

    /* In one order, so that two transactions that lock them do not deadlock. */
    private static final String LOCK_ADMINISTRATORS = """
            select id
            from account
            where 'admin' = any (roles) and not disabled
            order by id
            for no key update
            """;

    private static final String CHANGE_RIGHTS = """
            update account
            set roles = $2, disabled = $3, version = version + 1
            where id = $1
            returning *
            """;

    private static final String HELD = "select exists (select from account where $1 = any (roles))";

    private static final String DELETE = "delete from account where id = $1";

    private static final String REHASH = "update account set password_hash = $3 where id = $1 and password_hash = $2";

    private AccountTable() {}

    /**
     * A new account.
     *
     * @param name null without one
     * @param verifiedAt when the address was verified; null before
     * @param mustVerify whether the account is erased if the address is never verified
     */
    record NewAccount(
            UUID id,
            EmailAddress email,
            @Nullable String name,
            SecretText passwordHash,
            Set<String> roles,
            @Nullable Instant verifiedAt,
            Instant createdAt,
            boolean mustVerify) {}

    /** Returns false when an account with this address exists. */
    static Future<Boolean> insert(SqlClient sql, NewAccount account) {
        var verifiedAt = account.verifiedAt();
        var row = Tuple.tuple()
                .addUUID(account.id())
                .addString(account.email().text())
                .addString(account.email().key())
                .addString(account.name())
                .addString(account.passwordHash().reveal())
                .addArrayOfString(account.roles().stream().sorted().toArray(String[]::new))
                .addOffsetDateTime(verifiedAt == null ? null : utc(verifiedAt))
                .addOffsetDateTime(utc(account.createdAt()))
                .addBoolean(account.mustVerify());
        return sql.preparedQuery(INSERT).execute(row).map(rows -> rows.rowCount() == 1);
    }

    /** Returns the problem for an address that another account has. */
    public static Problem emailTaken() {
        return new Problem(
                Problem.Kind.CONFLICT,
                "email-taken",
                "an account with this address exists",
                List.of(new FieldError("#/email", "taken", "must be an address without an account")),
                null);
    }

    /** Returns the account, locked against changes until the transaction ends. */
    public static Future<Optional<Account>> lock(SqlClient sql, UUID id) {
        return sql.preparedQuery(LOCK).execute(Tuple.of(id)).map(AccountTable::first);
    }

    /** Returns the account like {@link #lock}, locked also against new rows that refer to it. */
    public static Future<Optional<Account>> lockWhole(SqlClient sql, UUID id) {
        return sql.preparedQuery(LOCK_WHOLE).execute(Tuple.of(id)).map(AccountTable::first);
    }

    /** Locks an account like {@link #lockWhole} if it was created before a time and must be verified but never was. Returns whether it was locked. */
    public static Future<Boolean> lockUnverified(SqlClient sql, UUID id, Instant createdBefore) {
        return sql.preparedQuery(LOCK_UNVERIFIED)
                .execute(Tuple.of(id, utc(createdBefore)))
                .map(rows -> rows.size() == 1);
    }

    /** Returns at most {@code rowsMax} accounts after {@code after}, by id, that {@link #lockUnverified} would lock. */
    public static Future<List<UUID>> unverified(
            SqlClient sql, Instant createdBefore, @Nullable UUID after, int rowsMax) {
        return sql.preparedQuery(FIND_UNVERIFIED)
                .execute(Tuple.tuple()
                        .addUUID(after)
                        .addOffsetDateTime(utc(createdBefore))
                        .addInteger(rowsMax))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    /** Gives an account a verified address. Fails with {@link #emailTaken} when another account has it. */
    public static Future<Void> changeEmail(SqlClient sql, UUID id, EmailAddress email, Instant provedAt) {
        return sql.preparedQuery(CHANGE_EMAIL)
                .execute(Tuple.of(id, email.text(), email.key(), utc(provedAt)))
                .recover(failure -> Future.failedFuture(taken(failure) ? emailTaken() : failure))
                .mapEmpty();
    }

    private static boolean taken(Throwable failure) {
        return failure instanceof PgException refusal
                && UNIQUE_VIOLATION.equals(refusal.getSqlState())
                && "account_email_key_key".equals(refusal.getConstraint());
    }

    /** Returns the administrators who can log in, locked. */
    public static Future<Set<UUID>> lockAdministrators(SqlClient sql) {
        return sql.preparedQuery(LOCK_ADMINISTRATORS)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).collect(Collectors.toSet()));
    }

    public static Future<Account> changeRights(SqlClient sql, UUID id, Set<String> roles, boolean disabled) {
        return sql.preparedQuery(CHANGE_RIGHTS)
                .execute(Tuple.of(id, roles.stream().sorted().toArray(String[]::new), disabled))
                .map(rows -> first(rows).orElseThrow());
    }

    /** Tells whether an account has a role. */
    public static Future<Boolean> held(SqlClient sql, String role) {
        return sql.preparedQuery(HELD)
                .execute(Tuple.of(role))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Deletes the account and all rows that refer to it. */
    static Future<Void> delete(SqlClient sql, UUID id) {
        return sql.preparedQuery(DELETE).execute(Tuple.of(id)).mapEmpty();
    }

    /** Returns those of these accounts that exist. */
    public static Future<List<UUID>> existing(SqlClient sql, List<UUID> ids) {
        return sql.preparedQuery("select id from account where id = any ($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    static Future<List<UserDirectory.Profile>> profiles(SqlClient sql, List<UUID> ids) {
        return sql.preparedQuery("select id, name from account where id = any ($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .map(row -> new UserDirectory.Profile(row.getUUID("id"), row.getString("name")))
                        .toList());
    }

    public static Future<Optional<Account>> find(SqlClient sql, UUID id) {
        return sql.preparedQuery(BY_ID).execute(Tuple.of(id)).map(AccountTable::first);
    }

    public static Future<Optional<Account>> find(SqlClient sql, EmailAddress email) {
        return sql.preparedQuery(BY_KEY).execute(Tuple.of(email.key())).map(AccountTable::first);
    }

    /** Returns at most {@code rowsMax} accounts older than {@code before}, newest first; the newest when that is null. */
    static Future<List<Account>> page(SqlClient sql, @Nullable UUID before, int rowsMax) {
        return sql.preparedQuery(PAGE)
                .execute(Tuple.tuple().addUUID(before).addInteger(rowsMax))
                .map(rows -> rows.stream().map(AccountTable::account).toList());
    }

    /** Changes the name. Fails with {@link Problem} 412 when the account is not at the expected version; null expects none. */
    static Future<Account> rename(SqlClient sql, UUID id, @Nullable String name, @Nullable Long expectedVersion) {
        var parameters = Tuple.tuple().addUUID(id).addString(name).addLong(expectedVersion);
        return sql.preparedQuery(RENAME)
                .execute(parameters)
                .map(AccountTable::first)
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> absentOrStale(sql, id)));
    }

    private static Future<Account> absentOrStale(SqlClient sql, UUID id) {
        return find(sql, id)
                .compose(found ->
                        Future.failedFuture(found.isEmpty() ? Problem.notFound("no such account") : EntityTag.stale()));
    }

    static Future<Void> verify(SqlClient sql, UUID id, Instant now) {
        return sql.preparedQuery(VERIFY).execute(Tuple.of(id, utc(now))).mapEmpty();
    }

    public static Future<Void> rehash(SqlClient sql, UUID id, SecretText seenHash, SecretText newHash) {
        return sql.preparedQuery(REHASH)
                .execute(Tuple.of(id, seenHash.reveal(), newHash.reveal()))
                .mapEmpty();
    }

    private static Optional<Account> first(RowSet<Row> rows) {
        return rows.stream().findFirst().map(AccountTable::account);
    }

    private static Account account(Row row) {
        var verifiedAt = row.getOffsetDateTime("verified_at");
        return new Account(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("name"),
                new SecretText(row.getString("password_hash")),
                Set.of(row.getArrayOfStrings("roles")),
                row.getBoolean("disabled"),
                verifiedAt == null ? null : verifiedAt.toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("version"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
