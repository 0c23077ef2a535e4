package dev.skelly.config;

import java.util.Collection;
import java.util.Comparator;

/** Suggests the known name that is most similar to an unknown one. */
public final class DidYouMean {

    private DidYouMean() {}

    /** Returns the known name with the smallest edit distance. */
    public static String of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(each -> distance(name, each)))
                .orElse("none");
    }

    /** Computes the Levenshtein distance: letters inserted, deleted or replaced. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (var line = 1; line <= from.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.length(); column++) {
                var changed = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
