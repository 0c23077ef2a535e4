package dev.skelly.embedded;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.StartException;
import dev.skelly.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Backs up the embedded database with what a node needs to start from it, while a node runs over the data folder or none does.
 *
 * <p>The backup is a copy of the server's files between {@code pg_backup_start} and {@code pg_backup_stop}, and the log of writes of that
 * time: https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP. Everything that was acknowledged before
 * it began is in it. Blocks.
 */
public final class DatabaseBackup {

    private static final Pattern FIRST_FILE = Pattern.compile("START WAL LOCATION: .*\\(file ([0-9A-F]{24})\\)");
    private static final Pattern WAL_FILE = Pattern.compile("[0-9A-F]{24}");
    private static final String NO_SUCH_FUNCTION = "42883";

    private static final String LIMITS = "set statement_timeout = 0; set idle_session_timeout = 0";

    /* The session's end drops the slot, whatever the session ends with. */
    private static final String HOLD = "select pg_create_physical_replication_slot('skelly_backup_%d', true, true)";

    private static final String BEGIN = "select pg_backup_start('skelly db backup', fast => true)";
    private static final String END =
            "select labelfile, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)";
    private static final String COUNT = """
            select (pg_split_walfile_name(?)).segment_number - (pg_split_walfile_name(?)).segment_number + 1
            """;

    private final BackupRequest request;
    private final DatabaseAddress administrator;
    private final DatabaseAddress application;
    private final Path data;
    private final String name;

    private DatabaseBackup(BackupRequest request, DatabaseAddress administrator, DatabaseAddress application) {
        this.request = request;
        this.administrator = administrator;
        this.application = application;
        this.data = PostgresFiles.data(request.folder());
        this.name = request.folder().relativize(data).toString();
    }

    /** The end of the copy: the text of {@code backup_label}, and the first and last file of the log of writes that belong to it. */
    private record CopyEnd(String label, String first, String last) {}

    /**
     * Writes the backup. Starts the database if it does not run.
     *
     * @throws InvalidSettingsException with everything that is wrong with the request; nothing is written
     * @throws IllegalStateException when the database refuses
     * @throws UncheckedIOException when a file cannot be read or written; the incomplete backup is deleted
     */
    public static BackupReport take(BackupRequest request) {
        var faults = request.faults();
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
        var running = RunningPostgres.administratorOver(request.folder());
        if (running.isPresent()) {
            var application = RunningPostgres.over(request.folder()).orElseThrow();
            return new DatabaseBackup(request, running.get(), application).write();
        }
        try (var folder = DataFolder.open(request.folder());
                var server = new PostgresServer(folder, request.port(), true)) {
            var application = server.start();
            return new DatabaseBackup(request, server.administrator(), application).write();
        }
    }

    private BackupReport write() {
        var began = System.nanoTime();
        try (var archive = BackupArchive.create(request);
                var session = connect(administrator)) {
            requireOwnFolderOnly();
            execute(session, LIMITS);
            execute(session, HOLD.formatted(ProcessHandle.current().pid()));
            execute(session, BEGIN);
            archive.folder(name.substring(0, name.indexOf('/')));
            ClusterFiles.copy(data, name, archive);
            var position = position();
            var end = end(session);
            archive.text(name + "/backup_label", end.label());
            copyWrites(session, archive, end);
            var withKey = copySecrets(archive);
            var bytes = archive.complete();
            return new BackupReport(
                    request.file(), bytes, position, withKey, Duration.ofNanos(System.nanoTime() - began));
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be backed up", e);
        } catch (IOException e) {
            throw new UncheckedIOException(request.file() + " cannot be written, and nothing of it is left", e);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static void execute(Connection session, String statement) throws SQLException {
        try (var sql = session.createStatement()) {
            sql.execute(statement);
        }
    }

    /* Skelly makes no table space; one would be outside the folder, and so outside the backup. */
    private void requireOwnFolderOnly() throws IOException {
        try (var spaces = Files.newDirectoryStream(data.resolve("pg_tblspc"))) {
            for (var space : spaces) {
                throw new StartException("data.dir: the database has a table space outside its folder, " + space
                        + " (expected: none; pg_basebackup can copy them)");
            }
        }
    }

    /* Not as the superuser, who runs no function of another. */
    private OptionalLong position() throws SQLException {
        try (var session = connect(application);
                var sql = session.createStatement();
                var found = sql.executeQuery("select log_head()")) {
            return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
        } catch (SQLException e) {
            if (NO_SUCH_FUNCTION.equals(e.getSQLState())) {
                return OptionalLong.empty(); // Nothing was migrated yet.
            }
            throw e;
        }
    }

    private static CopyEnd end(Connection session) throws SQLException {
        try (var sql = session.createStatement();
                var found = sql.executeQuery(END)) {
            if (!found.next()) {
                throw new IllegalStateException("the database says nothing at the end of the backup");
            }
            var label = found.getString("labelfile");
            var first = FIRST_FILE.matcher(label);
            if (!first.find()) {
                throw new IllegalStateException("no first file of the log of writes in " + label);
            }
            return new CopyEnd(label, first.group(1), found.getString("last"));
        }
    }

    private void copyWrites(Connection session, BackupArchive archive, CopyEnd end) throws SQLException, IOException {
        var folder = data.resolve("pg_wal");
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(
                folder, file -> WAL_FILE.matcher(file.getFileName().toString()).matches())) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        var needed = names.subSet(end.first(), true, end.last(), true);
        if (needed.size() != count(session, end)) {
            throw new IllegalStateException(
                    "the database has deleted some of its log of writes from " + end.first() + " to " + end.last()
                            + " (expected: all of it; max_slot_wal_keep_size in postgresql.conf may be too small)");
        }
        for (var file : needed) {
            copy(archive, name + "/pg_wal/" + file, folder.resolve(file));
        }
    }

    private static long count(Connection session, CopyEnd end) throws SQLException {
        try (var sql = session.prepareStatement(COUNT)) {
            sql.setString(1, end.last());
            sql.setString(2, end.first());
            try (var found = sql.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }
    }

    private boolean copySecrets(BackupArchive archive) throws IOException {
        copy(archive, "secrets", request.folder().resolve("secrets"));
        var key = request.folder().resolve("master-key");
        return request.masterKey() && archive.file("master-key", key);
    }

    private static void copy(BackupArchive archive, String name, Path file) throws IOException {
        if (!archive.file(name, file)) {
            throw new NoSuchFileException(file.toString());
        }
    }
}
