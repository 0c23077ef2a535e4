package dev.skelly.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the checker found: figures by name, and every violation with its rule. Filled by one thread. */
public final class Verdict {

    private static final int TOLD_MAX = 20;

    private final Map<String, Long> figures = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> byRule = new TreeMap<>();

    void figure(String name, long value) {
        figures.put(name, value);
    }

    /** Counts every violation of a rule, and remembers the first few in words. */
    void violation(String rule, String what) {
        if (byRule.merge(rule, 1, Integer::sum) <= TOLD_MAX) {
            violations.add(rule + ": " + what);
        }
    }

    /** Whether nothing is wrong. */
    public boolean green() {
        return byRule.isEmpty();
    }

    /** The rules that were broken, with how often. */
    public Map<String, Integer> broken() {
        return Map.copyOf(byRule);
    }

    /** Figures by name, e.g. {@code acknowledged}. */
    public Map<String, Long> figures() {
        return Map.copyOf(figures);
    }

    /** One JSON line. */
    public String line() {
        var text = new StringBuilder("{\"green\":").append(green());
        figures.forEach(
                (name, value) -> text.append(",\"").append(name).append("\":").append(value));
        byRule.forEach(
                (rule, times) -> text.append(",\"").append(rule).append("\":").append(times));
        return text.append('}').toString();
    }

    @Override
    public String toString() {
        return line()
                + String.join("", violations.stream().map(line -> "\n  " + line).toList());
    }
}
