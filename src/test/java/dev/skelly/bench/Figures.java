package dev.skelly.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured, in the order of the measurements. */
final class Figures {

    private final Map<String, Double> all = new LinkedHashMap<>();

    /** Adds a figure; the unit is in its name. */
    void put(String name, double value) {
        all.put(name, value);
    }

    /** Adds a figure and prints it at once, for runs of many minutes. */
    void show(String name, double value) {
        put(name, value);
        print(name, value);
    }

    /** Returns a figure, or NaN when it was not measured. */
    double get(String name) {
        return all.getOrDefault(name, Double.NaN);
    }

    /** Returns the largest figure whose name ends so, or 0 without one. */
    double largest(String end) {
        return all.entrySet().stream()
                .filter(figure -> figure.getKey().endsWith(end))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    /** Prints a table, and one JSON line. */
    void print() {
        all.forEach(Figures::print);
        printJson();
    }

    /** Prints the JSON line. */
    void printJson() {
        var json = new StringBuilder();
        all.forEach((name, value) ->
                json.append(json.isEmpty() ? "{" : ",").append(String.format(Locale.ROOT, "\"%s\":%.2f", name, value)));
        System.out.println(json.append('}'));
    }

    private static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "%-40s %12.2f%n", name, value);
    }
}
