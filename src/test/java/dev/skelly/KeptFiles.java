package dev.skelly;

import dev.skelly.access.PersonalTables;
import dev.skelly.embedded.RunningPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a running node with embedded servers keeps in its data folder. */
final class KeptFiles {

    private static final String TABLES = "select tablename from pg_tables where schemaname = 'public'";
    private static final String SAMPLES = """
            select 'sample of ' || tablename || '.' || attname || ' ' || concat(most_common_vals, histogram_bounds)
            from pg_stats
            where schemaname = 'public'
            """;
    private static final String FLIP =
            "update event set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 4) where position = ";

    private final Path folder;
    private long flipped;

    KeptFiles(Path folder) {
        this.folder = folder;
    }

    private Connection connect() throws SQLException {
        var at = RunningPostgres.over(folder).orElseThrow();
        return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
    }

    private void execute(String... statements) {
        try (var connection = connect();
                var sql = connection.createStatement()) {
            for (var statement : statements) {
                sql.execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> texts(String select) {
        try (var connection = connect();
                var sql = connection.createStatement()) {
            sql.execute("set bytea_output = 'escape'"); // So that bytes that are letters look like letters.
            var found = new ArrayList<String>();
            try (var rows = sql.executeQuery(select)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many events there are, all of them stamped; less than none while some are not. */
    int stamped() {
        return Integer.parseInt(
                texts("select case when count(*) = count(position) then count(*) else -1 end from event")
                        .get(0));
    }

    /** The ids of all events of a type, in the order of their positions. */
    List<String> events(String type) {
        return texts(
                "select id::text from event where type = '" + type + "' and position is not null order by position");
    }

    /** Has the database take samples of all columns, as it does by itself from time to time. */
    void takeSamples() {
        execute("analyze");
    }

    /** Every row of every table, as a dump has them, and every sample, that contains one of the traces. */
    List<String> rowsWith(List<String> traces) {
        var rows = texts(TABLES).stream()
                .flatMap(table -> texts("select '" + table + " ' || t::text from \"" + table + "\" t").stream());
        return Stream.concat(rows, texts(SAMPLES).stream())
                .filter(row -> traces.stream().anyMatch(row::contains))
                .toList();
    }

    /** The names of all tables of features and of the log. */
    List<String> tables() {
        return texts(PersonalTables.NAMES);
    }

    /** Every row of one table that contains one of these texts. */
    List<String> rowsWith(String table, List<String> sought) {
        return texts("select t::text from \"" + table + "\" t").stream()
                .filter(row -> sought.stream().anyMatch(row::contains))
                .toList();
    }

    /** Whether the database itself deletes a table's rows together with those of another that they refer to. */
    boolean cascades(String table, String other) {
        return texts("select 'yes' from pg_constraint where contype = 'f' and confdeltype = 'c' and conrelid = '\""
                        + table + "\"'::regclass and confrelid = '\"" + other + "\"'::regclass")
                .contains("yes");
    }

    /** Runs statements that leave traces where requests leave none. */
    void plant(List<String> statements) {
        execute(statements.toArray(String[]::new));
    }

    /** A bit in the newest event that has something sealed; answers its position. */
    long flipABit() {
        flipped = Long.parseLong(texts("select max(position) from event where sealed is not null")
                .get(0));
        flipBack();
        return flipped;
    }

    void flipBack() {
        execute(FLIP + flipped);
    }

    /** What an operator does who cannot wait until the feature of deleted rows is used again. */
    void rewriteTables() {
        texts(TABLES).forEach(table -> execute("vacuum full \"" + table + "\""));
    }

    int outboxWith(List<String> traces) {
        return with(folder.resolve("outbox"), traces).size();
    }

    /** Every file but those in which the database keeps rows, and its log of writes. */
    List<Path> filesWith(List<String> traces) {
        return with(folder, traces).stream()
                .filter(file ->
                        !file.toString().contains("/base/") && !file.toString().contains("/pg_wal/"))
                .toList();
    }

    /** The files in which the database keeps rows. */
    List<Path> tableFilesWith(List<String> traces) {
        return with(folder, traces).stream()
                .filter(file -> file.toString().contains("/base/"))
                .toList();
    }

    private static List<Path> with(Path folder, List<String> traces) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, traces))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path file, List<String> traces) {
        try {
            var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return traces.stream().anyMatch(bytes::contains);
        } catch (IOException gone) {
            return false; // A file of the moment.
        }
    }
}
