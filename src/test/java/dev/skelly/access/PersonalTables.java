package dev.skelly.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an erasure does to each table, as the lines {@code table}, {@code plant} and {@code state} of all features have it. */
public final class PersonalTables {

    /** A query for the names of all tables but those in which the migration library notes what it ran. */
    public static final String NAMES = """
            select tablename from pg_tables
            where schemaname = 'public'
              and tablename not in (select table_name from information_schema.columns where column_name = 'installed_rank')
            """;

    /** What an erasure does to a table. */
    public enum Kind {
        /** Rows of a person are deleted: neither the id of the account nor an address or a name is left. */
        DELETED,
        /** Rows stay, with the id of the account, but without address and name. */
        EMPTIED,
        /** No row ever has an address, a name or the id of an account. */
        IMPERSONAL,
        /** Rows refer to those of another table, and are deleted with them by the database. */
        CASCADED
    }

    private static final Map<String, Kind> WORDS =
            Map.of("deleted", Kind.DELETED, "emptied", Kind.EMPTIED, "impersonal", Kind.IMPERSONAL);
    private static final String WITH = "deleted with ";

    private final FeatureLines lines;

    /** Of these lines. */
    public PersonalTables(FeatureLines lines) {
        this.lines = lines;
    }

    /** What an erasure does to one table of the database. */
    public Kind kind(String table) {
        var line = lines.find("table", table)
                .orElseThrow(() -> new AssertionError(table + " has no line: " + missing(table)));
        if (line.value().startsWith(WITH)) {
            return Kind.CASCADED;
        }
        return Optional.ofNullable(WORDS.get(line.value()))
                .orElseThrow(() -> new AssertionError(line.place() + " " + line.value() + " (expected: one of "
                        + new TreeSet<>(WORDS.keySet()) + ", or " + WITH + "and a table)"));
    }

    /** The table with which the rows of a {@link Kind#CASCADED} one are deleted. */
    public String deletedWith(String table) {
        return lines.values("table").getOrDefault(table, "").substring(WITH.length());
    }

    private static String missing(String table) {
        return "say in src/test/resources/access/<feature>.txt what an erasure does to it, e.g. table " + table
                + " deleted";
    }

    /** What stands in the way of holding these lines against the tables of a database, in words; nothing when each has its line. */
    public List<String> gaps(Collection<String> tables) {
        var gaps = new ArrayList<String>();
        Set<String> declared = new HashSet<>(lines.values("table").keySet());
        for (var table : new TreeSet<>(tables)) {
            if (!declared.contains(table)) {
                gaps.add("table " + table + " has no line: " + missing(table));
            }
        }
        for (var kind : List.of("table", "plant", "state")) {
            lines.of(kind).stream()
                    .filter(line -> !tables.contains(line.subject()))
                    .forEach(line -> gaps.add(line.place() + " is about no table"));
        }
        return gaps;
    }

    /** Statements that leave a trace of one person where requests leave none. */
    public List<String> plants(String account, String word, String email) {
        return lines.of("plant").stream()
                .map(line -> line.value()
                        .replace("$owner", account)
                        .replace("$word", word)
                        .replace("$email", email))
                .toList();
    }

    /**
     * A query for the contents of every table that no refused request may change: rows of a table's name and a digest.
     *
     * @param account of whoever owns what is asked for
     */
    String state(Collection<String> tables, String account) {
        var parts = new ArrayList<String>();
        for (var table : new TreeSet<>(tables)) {
            var rows =
                    lines.find("state", table).map(FeatureLines.Line::value).orElse("select * from \"" + table + "\"");
            if (!rows.startsWith("none")) {
                parts.add(
                        "select '" + table + " ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from ("
                                + rows.replace("$owner", account) + ") t");
            }
        }
        return String.join(" union all ", parts);
    }
}
