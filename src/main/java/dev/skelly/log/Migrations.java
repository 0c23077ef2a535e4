package dev.skelly.log;

import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables to what this jar expects. Blocks: call it on a worker thread. Nodes that start together wait for each other, by
 * Flyway's own lock.
 */
public final class Migrations {

    private final String jdbcUrl;
    private final String user;
    private final String password;

    /** Migrates through this database address, e.g. {@code jdbc:postgresql://127.0.0.1:5432/skelly}. */
    public Migrations(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /**
     * Runs what is missing, the log's own tables first.
     *
     * @param folders class path folders under {@code db/}, each with a history of its own, so that one can be removed
     * @return how many migrations ran
     */
    public int run(List<String> folders) {
        return migrate("log") + folders.stream().mapToInt(this::migrate).sum();
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
