package dev.skelly.eventlog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Migrates the tables to the schema that this jar expects. Blocks: call it on a worker thread. Nodes that start together wait for each
 * other through Flyway's own lock.
 */
public final class Migrations {

    private static final String UNDEFINED_TABLE = "42P01"; // PostgreSQL, appendix A
    private static final String DONE = """
            select from migration_done
            where fingerprint = ?
              and not exists (select from unnest(?) as history where to_regclass(quote_ident(history)) is null)""";

    private static final String EXISTS = "select quote_ident(history) from (select ?::text as history) one"
            + " where to_regclass(quote_ident(history)) is not null";
    private static final String NEWEST =
            "select coalesce(max(substring(version from '^\\d+')::bigint), 0) from %s where success";

    private final String jdbcUrl;
    private final String user;
    private final String password;

    /** Creates migrations for this database address, e.g. {@code jdbc:postgresql://127.0.0.1:5432/skelly}. */
    public Migrations(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /**
     * Runs the missing migrations, the log's own tables first. When exactly these migrations already ran completely, only that is checked,
     * because checking each folder slows the start.
     *
     * @param folders under {@code db/} with the class loader that holds each, in the order to run; each with its own history, so that one
     *     can be removed and put back
     * @return how many migrations ran
     * @throws FailedMigrationException when a migration of another jar fails or does not match the one that ran before, or when a later release
     *     has migrated the tables already
     */
    public int run(Map<String, ClassLoader> folders) {
        var all = new LinkedHashMap<String, ClassLoader>();
        all.put("log", Migrations.class.getClassLoader());
        all.putAll(folders);
        var fingerprint = MigrationFingerprint.of(all);
        fingerprint.ifPresent(this::requireNoneNewer);
        if (fingerprint.isPresent() && isDone(fingerprint.get())) {
            return 0;
        }
        var ran = all.entrySet().stream()
                .mapToInt(folder -> migrate(folder.getKey(), folder.getValue()))
                .sum();
        fingerprint.ifPresent(this::remember);
        return ran;
    }

    /** Returns whether a class loader is that of the program. */
    static boolean isOwn(ClassLoader loader) {
        return loader == Migrations.class.getClassLoader();
    }

    /* A program over tables of a later release would write rows that the release does not expect. */
    private void requireNoneNewer(MigrationFingerprint known) {
        var newer = new ArrayList<String>();
        try (var connection = connect()) {
            for (var folder : known.newest().entrySet()) {
                var ran = newest(connection, history(folder.getKey()));
                if (ran > folder.getValue()) {
                    newer.add("those of " + folder.getKey() + " are at " + ran + " and not at " + folder.getValue());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the applied migrations cannot be read", e);
        }
        if (!newer.isEmpty()) {
            throw new FailedMigrationException("a later release has migrated the tables: " + String.join(", ", newer)
                    + " (expected: that release, or a backup from before)");
        }
    }

    private static int newest(Connection connection, String history) throws SQLException {
        try (var sql = connection.prepareStatement(EXISTS)) {
            sql.setString(1, history);
            try (var rows = sql.executeQuery()) {
                return rows.next() ? newestIn(connection, rows.getString(1)) : 0;
            }
        }
    }

    private static int newestIn(Connection connection, String quoted) throws SQLException {
        try (var sql = connection.createStatement();
                var rows = sql.executeQuery(NEWEST.formatted(quoted))) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /* Tables may be dropped by hand after their jar is removed, and with them their history. */
    private boolean isDone(MigrationFingerprint fingerprint) {
        try (var connection = connect();
                var sql = connection.prepareStatement(DONE)) {
            sql.setString(1, fingerprint.digest());
            var histories =
                    fingerprint.folders().stream().map(Migrations::history).toArray();
            sql.setArray(2, connection.createArrayOf("text", histories));
            try (var rows = sql.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return false;
            }
            throw new IllegalStateException("the applied migrations cannot be read", e);
        }
    }

    private void remember(MigrationFingerprint fingerprint) {
        try (var connection = connect();
                var sql = connection.prepareStatement(
                        "insert into migration_done (fingerprint) values (?) on conflict do nothing")) {
            sql.setString(1, fingerprint.digest());
            sql.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the migrations cannot be recorded", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    private int migrate(String folder, ClassLoader loader) {
        try {
            return Flyway.configure(loader)
                    .dataSource(jdbcUrl, user, password)
                    .locations("classpath:db/" + folder)
                    .table(history(folder))
                    .sqlMigrationPrefix("")
                    .sqlMigrationSeparator("_")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .failOnMissingLocations(false)
                    .loggers("slf4j")
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayException e) {
            throw isOwn(loader) ? e : new FailedMigrationException(sentence(folder, loader, e), e);
        }
    }

    private static String history(String folder) {
        return "migration_" + folder;
    }

    private static String sentence(String folder, ClassLoader loader, FlywayException failure) {
        return Objects.requireNonNullElse(loader.getName(), loader.toString()) + ": the migrations of feature " + folder
                + " failed: " + reason(failure).replaceAll("\\s+", " ").strip()
                + " (expected: migrations that run, and that stay as they are after that)";
    }

    /* The message of a failed script is a table whose first line names it; that of a changed one ends with advice for Flyway's own program. */
    private static String reason(FlywayException failure) {
        var message = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return message.lines().findFirst().orElse("") + ": " + cause.getMessage();
            }
        }
        return message.lines()
                .takeWhile(line -> !line.startsWith("Either ") && !line.startsWith("Need "))
                .collect(Collectors.joining(" "));
    }
}
