package dev.skelly.sandbox;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.StartException;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.sandbox.CatalogTables.Column;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Copies a database up to a point of its log. Blocks. */
public final class SandboxCopy {

    /* The server may be set to end long or idle transactions. */
    private static final String SNAPSHOT = """
            set transaction isolation level repeatable read, read only;
            set local statement_timeout = 0;
            set local idle_in_transaction_session_timeout = 0""";

    /* log_head() begins with the lease's row. */
    private static final String COMPUTED = """
            insert into subject_head (subject, version) select subject, max(subject_version) from event group by subject;
            update relay_lease set head = %d;
            analyze""";

    private final DatabaseAddress from;
    private final Set<String> projections;

    /**
     * Creates a copy.
     *
     * @param from the original, which is only read
     * @param projections tables that the sandbox builds from its events when it starts, and that stay empty here
     */
    public SandboxCopy(DatabaseAddress from, Set<String> projections) {
        this.from = from;
        this.projections = Set.copyOf(projections);
    }

    /**
     * Finds the last position to copy.
     *
     * @param to a position or an RFC 3339 time; null for the newest event
     * @param others as of {@link SandboxRequest#faults}
     * @throws InvalidSettingsException with these errors, and that of a point outside the log
     */
    public long point(@Nullable String to, List<String> others) {
        var faults = new ArrayList<>(others);
        var point = SandboxPoint.parse(to, new ArrayList<>()); // An error of the syntax is among the others.
        try (var log = open(from)) {
            var found = point.find(log, faults);
            if (!faults.isEmpty()) {
                throw new InvalidSettingsException(faults);
            }
            return found.orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException("the log cannot be read", e);
        }
    }

    /**
     * Copies everything as of one moment.
     *
     * @param into a database with the same tables, in which nothing was written yet
     * @return the number of events
     * @throws StartException when the tables are not the same
     */
    public long run(DatabaseAddress into, long point) {
        try (var source = open(from);
                var target = open(into)) {
            source.setAutoCommit(false);
            target.setAutoCommit(false);
            execute(source, SNAPSHOT);
            var events = copyTables(source, target, point);
            copySequences(source, target);
            execute(target, COMPUTED.formatted(point));
            target.commit();
            return events;
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be copied", e);
        }
    }

    private long copyTables(Connection source, Connection target, long point) throws SQLException {
        var columns = CatalogTables.columns(target);
        var names = new TreeSet<>(columns.keySet());
        names.removeAll(SandboxTables.NEW);
        names.removeAll(projections);
        requireSame(names, CatalogTables.columns(source), columns);
        // Migrations fill some tables. Those that stay new and refer to others are empty, so cascading takes nothing.
        execute(
                target,
                "truncate " + names.stream().map(SandboxCopy::quoted).collect(Collectors.joining(", ")) + " cascade");
        var events = 0L;
        for (var table : CatalogTables.inOrder(target, names)) {
            var copied = copyTable(source, target, table, columns.getOrDefault(table, List.of()), point);
            events = table.equals("event") ? copied : events;
        }
        return events;
    }

    private static void requireSame(
            Iterable<String> tables, Map<String, List<Column>> originals, Map<String, List<Column>> copies) {
        for (var table : tables) {
            if (!copies.getOrDefault(table, List.of()).equals(originals.get(table))) {
                throw new StartException("table " + table + " of the original is another one than this program's"
                        + " (expected: the same release and features; skelly migrate brings a database up to date)");
            }
        }
    }

    /* Triggers act on what is written, and nothing is written here. */
    private static long copyTable(Connection source, Connection target, String table, List<Column> columns, long point)
            throws SQLException {
        var name = quoted(table);
        var values = columns.stream()
                .map(column -> SandboxTables.value(table, column.name(), column.quoted(), point))
                .collect(Collectors.joining(", "));
        var quoted = columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
        execute(target, "alter table " + name + " disable trigger user");
        var read = source.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + values + " from " + name + " where " + SandboxTables.filter(table, point)
                        + ") to stdout (format binary)");
        var write = target.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + name + " (" + quoted + ") from stdin (format binary)");
        for (var bytes = read.readFromCopy(); bytes != null; bytes = read.readFromCopy()) {
            write.writeToCopy(bytes, 0, bytes.length);
        }
        var rows = write.endCopy();
        execute(target, "alter table " + name + " enable trigger user");
        return rows;
    }

    private static void copySequences(Connection source, Connection target) throws SQLException {
        var names = CatalogTables.sequences(target);
        names.retainAll(CatalogTables.sequences(source));
        for (var name : names) {
            try (var read = source.createStatement();
                    var state = read.executeQuery("select last_value, is_called from " + name);
                    var write = target.prepareStatement("select setval(?::regclass, ?, ?)")) {
                state.next();
                write.setString(1, name);
                write.setLong(2, state.getLong(1));
                write.setBoolean(3, state.getBoolean(2));
                write.execute();
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void execute(Connection database, String statements) throws SQLException {
        try (var sql = database.createStatement()) {
            sql.execute(statements);
        }
    }

    private static Connection open(DatabaseAddress at) throws SQLException {
        return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
    }
}
