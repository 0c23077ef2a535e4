package dev.skelly.sandbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads from PostgreSQL's catalog which tables and sequences a database has. Blocks. */
final class CatalogTables {

    /* Generated columns follow from the others. The tables migration_… belong to the migrations. */
    private static final String COLUMNS = """
            select c.relname, a.attname, quote_ident(a.attname) as quoted, format_type(a.atttypid, a.atttypmod) as type
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and c.relname not like 'migration\\_%'
            order by c.relname, a.attname
            """;

    private static final String REFERENCES = """
            select f.relname as of, t.relname as to
            from pg_constraint k
            join pg_class f on f.oid = k.conrelid
            join pg_class t on t.oid = k.confrelid
            where k.contype = 'f' and k.conrelid <> k.confrelid and f.relnamespace = current_schema()::regnamespace
            """;

    private static final String SEQUENCES =
            "select quote_ident(sequencename) from pg_sequences where schemaname = current_schema() order by 1";

    private CatalogTables() {}

    /**
     * A column.
     *
     * @param quoted its name as an identifier
     * @param type as SQL writes it
     */
    record Column(String name, String quoted, String type) {}

    /** Returns the columns of each table by the table's name, both in order of their names. */
    static Map<String, List<Column>> columns(Connection database) throws SQLException {
        var tables = new TreeMap<String, List<Column>>();
        try (var sql = database.createStatement();
                var rows = sql.executeQuery(COLUMNS)) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString("relname"), name -> new ArrayList<>())
                        .add(new Column(rows.getString("attname"), rows.getString("quoted"), rows.getString("type")));
            }
        }
        return tables;
    }

    /** Returns tables in an order in which each comes after those that it refers to. */
    static List<String> inOrder(Connection database, Set<String> tables) throws SQLException {
        var references = new TreeMap<String, Set<String>>();
        try (var sql = database.createStatement();
                var rows = sql.executeQuery(REFERENCES)) {
            while (rows.next()) {
                references
                        .computeIfAbsent(rows.getString("of"), name -> new TreeSet<>())
                        .add(rows.getString("to"));
            }
        }
        var ordered = new ArrayList<String>();
        var open = new TreeSet<>(tables);
        while (!open.isEmpty()) {
            var next = open.stream()
                    .filter(table ->
                            references.getOrDefault(table, Set.of()).stream().noneMatch(open::contains))
                    .toList();
            ordered.addAll(next.isEmpty() ? open : next); // Tables that refer to each other keep their names' order.
            open.removeAll(ordered);
        }
        return ordered;
    }

    /** Returns the names of all sequences as identifiers. */
    static List<String> sequences(Connection database) throws SQLException {
        var names = new ArrayList<String>();
        try (var sql = database.createStatement();
                var rows = sql.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
