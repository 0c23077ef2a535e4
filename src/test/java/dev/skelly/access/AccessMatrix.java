package dev.skelly.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Who gets what from which route, as the lines of all features have it: a line a route. */
public final class AccessMatrix {

    private static final Pattern COLUMNS = Pattern.compile("\\s+");
    private static final Pattern SLOT = Pattern.compile("\\{[A-Za-z]+}");

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

    private final FeatureLines lines;
    private final List<Row> rows;

    private AccessMatrix(FeatureLines lines) {
        this.lines = lines;
        this.rows = lines.of("route").stream().map(AccessMatrix::row).toList();
    }

    /** The table of this program. */
    public static AccessMatrix read() {
        return new AccessMatrix(FeatureLines.read());
    }

    private static Row row(FeatureLines.Line line) {
        var callers = Caller.values();
        var columns = COLUMNS.split(line.value(), callers.length + 1);
        if (columns.length < callers.length) {
            throw new AssertionError(line.place() + ": a column is missing: " + line.value());
        }
        var statuses = new EnumMap<Caller, Integer>(Caller.class);
        for (var column = 0; column < callers.length; column++) {
            statuses.put(callers[column], Integer.valueOf(columns[column]));
        }
        var words = line.subject().split(" ", 2);
        var body = columns.length > callers.length ? columns[callers.length] : "";
        return new Row(words[0], words[1], statuses, body);
    }

    List<Row> rows() {
        return rows;
    }

    /** Says what to do about braces without a line. */
    static String missing(String path) {
        return path
                + " has no line in src/test/resources/access/<feature>.txt: say there what stands in the last braces, e.g. "
                + path + " = select id from …";
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
                gaps.add(route + " has no line in src/test/resources/access/<feature>.txt: say there who may call it");
            }
        }
        for (var line : lines.of("route")) {
            if (!routes.contains(row(line).route())) {
                gaps.add(line.place() + " is no route");
            }
        }
        var slots = slots(routes);
        var things = lines.values("thing").keySet();
        slots.stream()
                .filter(path -> !things.contains(path))
                .map(AccessMatrix::missing)
                .forEach(gaps::add);
        lines.of("thing").stream()
                .filter(line -> !slots.contains(line.subject()))
                .forEach(line -> gaps.add(line.place() + " is in no route"));
        return gaps;
    }

    /* Each path up to the end of braces. */
    private static Set<String> slots(Collection<String> routes) {
        var slots = new TreeSet<String>();
        for (var route : routes) {
            var path = route.substring(route.indexOf(' ') + 1);
            SLOT.matcher(path).results().forEach(slot -> slots.add(path.substring(0, slot.end())));
        }
        return slots;
    }
}
