package dev.skelly.eventlog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Migrates the tables to the schema that this jar expects. Blocks: call it on a worker thread. Nodes that start together wait for each
 * other through Flyway's own lock.
 */
public final class Migrations {

    private static final String UNDEFINED_TABLE = "42P01"; // PostgreSQL, appendix A

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
     * Runs the missing migrations, the log's own tables first. When exactly these migrations of this jar already ran completely, only that
     * is checked, because checking each folder slows the start.
     *
     * @param folders class path folders under {@code db/}, each with its own history, so that one can be removed
     * @return how many migrations ran
     */
    public int run(List<String> folders) {
        var all = Stream.concat(Stream.of("log"), folders.stream()).toList();
        var fingerprint = MigrationFingerprint.of(all);
        if (fingerprint.isPresent() && isDone(fingerprint.get())) {
            return 0;
        }
        var ran = all.stream().mapToInt(this::migrate).sum();
        fingerprint.ifPresent(this::remember);
        return ran;
    }

    private boolean isDone(String fingerprint) {
        try (var connection = connect();
                var sql = connection.prepareStatement("select from migration_done where fingerprint = ?")) {
            sql.setString(1, fingerprint);
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

    private void remember(String fingerprint) {
        try (var connection = connect();
                var sql = connection.prepareStatement(
                        "insert into migration_done (fingerprint) values (?) on conflict do nothing")) {
            sql.setString(1, fingerprint);
            sql.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the migrations cannot be recorded", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    private int migrate(String folder) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .locations("classpath:db/" + folder)
                .table("migration_" + folder)
                .sqlMigrationPrefix("")
                .sqlMigrationSeparator("_")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .failOnMissingLocations(false)
                .loggers("slf4j")
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
