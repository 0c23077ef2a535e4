package dev.skelly.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Who gets what from which route, as {@code access-matrix.txt} has it: a line a route. */
public final class AccessMatrix {

    private static final String FILE = "/access-matrix.txt";
    private static final Pattern COLUMNS = Pattern.compile("\\s+");
    private static final int COLUMNS_BEFORE = 2;

    /**
     * One line.
     *
     * @param path as the route has it, with a query where one is asked with
     * @param statuses what each caller is answered
     * @param body JSON, with {@code $words} to be filled in; empty for none
     */
    record Row(String method, String path, Map<Caller, Integer> statuses, String body) {

        /** The route's name: method and path without a query. */
        String route() {
            return method + " " + path.replaceFirst("\\?.*", "");
        }

        /** The query with its question mark; empty for none. */
        String query() {
            return path.replaceFirst("^[^?]*", "");
        }

        boolean reading() {
            return method.equals("GET");
        }
    }

    private final List<Row> rows;

    private AccessMatrix(List<Row> rows) {
        this.rows = rows;
    }

    /** The table of this program. */
    public static AccessMatrix read() {
        try (var stream = AccessMatrix.class.getResourceAsStream(FILE)) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new AccessMatrix(text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(AccessMatrix::row)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        var callers = Caller.values();
        var columns = COLUMNS.split(line.strip(), COLUMNS_BEFORE + callers.length + 1);
        if (columns.length < COLUMNS_BEFORE + callers.length) {
            throw new AssertionError("access-matrix.txt: a column is missing: " + line);
        }
        var statuses = new EnumMap<Caller, Integer>(Caller.class);
        var column = COLUMNS_BEFORE;
        for (var caller : callers) {
            statuses.put(caller, Integer.valueOf(columns[column]));
            column++;
        }
        var body = columns.length > COLUMNS_BEFORE + callers.length ? columns[columns.length - 1] : "";
        return new Row(columns[0], columns[1], statuses, body);
    }

    List<Row> rows() {
        return rows;
    }

    /**
     * What stands in the way of holding the table against these routes, in words; nothing when each has a line and each line a route.
     *
     * @param routes each as method, space, path
     */
    public List<String> gaps(Collection<String> routes) {
        Set<String> named = new HashSet<>();
        rows.forEach(row -> named.add(row.route()));
        var gaps = new ArrayList<String>();
        for (var route : new TreeSet<>(routes)) {
            if (!named.contains(route)) {
                gaps.add(route + " has no line in src/test/resources/access-matrix.txt: say there who may call it");
            }
        }
        for (var name : new TreeSet<>(named)) {
            if (!routes.contains(name)) {
                gaps.add("access-matrix.txt has a line for " + name + ", which is no route");
            }
        }
        return gaps;
    }
}
