package dev.skelly.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every feature and part of the machinery says of its routes and tables for the tests, in {@code src/test/resources/access/<name>.txt}:
 *
 * <pre>
 * GET /api/lamps/{id}  401 200 404 200 401 401   who is answered what, see {@link Caller}; and a body
 * /api/lamps/{id} = select …             what stands in the last braces: a statement that returns one value; $owner, $admin are ids
 * table lamp deleted                     what an erasure does, see {@link PersonalTables}
 * plant lamp = insert into lamp …        leaves a trace of a person with the id $owner, the word $word and the address $email
 * state lamp = select …                  what no refused request may change, if not the whole table; none: and a reason
 * unversioned PUT /api/lamps/{id} = …    why a changing route has no ETag
 * unkeyed POST /api/lamps = …            why a POST does not take an Idempotency-Key
 * anything PUT /api/lamps/{id} = …       why a body may hold any field
 * naming GET /api/lamps/{id} = …         why it tells others the name of a person, though never the address
 * </pre>
 *
 * <p>A line that begins with a space continues the one before.
 */
public final class FeatureLines {

    /* Not from the class path, where the file of a removed feature stays until the next clean build. */
    private static final Path FOLDER = Path.of("src/test/resources/access");
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE");
    private static final Set<String> KINDS =
            Set.of("thing", "table", "plant", "state", "unversioned", "unkeyed", "anything", "naming");
    private static final Pattern VALUE = Pattern.compile("(.*?)\\s+=\\s+(.*)");

    /**
     * One line.
     *
     * @param file its name, e.g. {@code accounts.txt}
     * @param kind {@code route} or the first word
     * @param subject what it is about: a route, a path or a table
     * @param value the rest; empty without any
     */
    record Line(String file, String kind, String subject, String value) {

        /** Where it is, for messages. */
        String place() {
            return "access/" + file + ": " + kind + " " + subject;
        }
    }

    private final List<Line> lines;

    private FeatureLines(List<Line> lines) {
        this.lines = lines;
        var places = new HashMap<String, String>();
        for (var line : lines) {
            var earlier = places.put(line.kind() + " " + line.subject(), line.place());
            if (earlier != null) {
                throw new AssertionError(line.place() + " stands twice, see " + earlier);
            }
        }
    }

    /** The lines of all files. */
    public static FeatureLines read() {
        return read(FOLDER);
    }

    /** The lines of all files of a folder. */
    static FeatureLines read(Path folder) {
        var all = new ArrayList<Line>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                all.addAll(lines(file.getFileName().toString(), Files.readAllLines(file)));
            }
            return new FeatureLines(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Line> lines(String file, List<String> written) {
        var whole = new ArrayList<String>();
        for (var text : written) {
            if (text.startsWith(" ")) {
                whole.set(whole.size() - 1, whole.get(whole.size() - 1) + " " + text.strip());
            } else if (!text.isBlank() && !text.startsWith("#")) {
                whole.add(text.strip());
            }
        }
        return whole.stream().map(text -> line(file, text)).toList();
    }

    private static Line line(String file, String text) {
        var first = text.split("\\s+", 2)[0];
        if (METHODS.contains(first)) {
            var words = text.split("\\s+", 3);
            return new Line(file, "route", words[0] + " " + words[1], words.length > 2 ? words[2] : "");
        }
        var kind = first.startsWith("/") ? "thing" : first;
        if (!KINDS.contains(kind)) {
            throw new AssertionError("access/" + file + ": " + text + " (expected: a line as in FeatureLines)");
        }
        var rest = first.startsWith("/") ? text : text.substring(first.length()).strip();
        if (kind.equals("table")) {
            var words = rest.split("\\s+", 2);
            return new Line(file, kind, words[0], words.length > 1 ? words[1] : "");
        }
        var valued = VALUE.matcher(rest);
        if (!valued.matches()) {
            throw new AssertionError("access/" + file + ": " + text + " (expected: … = …)");
        }
        return new Line(file, kind, valued.group(1), valued.group(2));
    }

    List<Line> of(String kind) {
        return lines.stream().filter(line -> line.kind().equals(kind)).toList();
    }

    Optional<Line> find(String kind, String subject) {
        return of(kind).stream().filter(line -> line.subject().equals(subject)).findFirst();
    }

    /** What the lines of a kind say, by what they are about, e.g. the reasons of {@code unkeyed} by route. */
    public Map<String, String> values(String kind) {
        var values = new HashMap<String, String>();
        of(kind).forEach(line -> values.put(line.subject(), line.value()));
        return values;
    }
}
