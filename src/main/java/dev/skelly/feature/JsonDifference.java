package dev.skelly.feature;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value that differs between two JSON documents.
 *
 * @param pointer where, a JSON Pointer (RFC 6901); empty for the whole document
 * @param before null if it is missing there
 * @param after null if it is missing there
 */
public record JsonDifference(
        String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {

    /** Returns the differences, objects by field and arrays by index, in the order of fields' names. Numbers are compared by value. */
    public static List<JsonDifference> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        var found = new ArrayList<JsonDifference>();
        compare("", before, after, found);
        return found;
    }

    private static void compare(
            String pointer, @Nullable JsonNode before, @Nullable JsonNode after, List<JsonDifference> found) {
        if (before != null && after != null && before.isObject() && after.isObject()) {
            var names = new TreeSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(pointer + '/' + escaped(name), before.get(name), after.get(name), found));
        } else if (before != null && after != null && before.isArray() && after.isArray()) {
            for (var i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(pointer + '/' + i, before.get(i), after.get(i), found);
            }
        } else if (!same(before, after)) {
            found.add(new JsonDifference(pointer, before, after));
        }
    }

    /* Equal numbers may be nodes of different classes. */
    private static boolean same(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null || after == null || !before.isNumber() || !after.isNumber()) {
            return Objects.equals(before, after);
        }
        return before.decimalValue().compareTo(after.decimalValue()) == 0;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
