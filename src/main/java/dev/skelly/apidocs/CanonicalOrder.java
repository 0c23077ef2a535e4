package dev.skelly.apidocs;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Sorts a document into an order that is the same in every process: sorts the JDK's unordered maps, so that all nodes serve the same bytes
 * under the same entity tag.
 */
final class CanonicalOrder {

    private static final List<String> FIRST = List.of("type", "format", "description", "properties", "items");

    private CanonicalOrder() {}

    static Object of(Object value) {
        if (value instanceof LinkedHashMap<?, ?> || value instanceof SortedMap<?, ?>) {
            return map((Map<?, ?>) value);
        }
        if (value instanceof Map<?, ?> map) {
            return map(sorted(map));
        }
        if (value instanceof Set<?> set) {
            return set.stream()
                    .sorted(Comparator.comparing(String::valueOf))
                    .map(CanonicalOrder::of)
                    .toList();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(CanonicalOrder::of).toList();
        }
        return value;
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new LinkedHashMap<String, Object>();
        map.keySet().stream()
                .map(String::valueOf)
                .sorted(Comparator.comparingInt(CanonicalOrder::rank).thenComparing(Comparator.naturalOrder()))
                .forEach(key -> sorted.put(key, map.get(key)));
        return sorted;
    }

    private static int rank(String key) {
        var index = FIRST.indexOf(key);
        return index < 0 ? FIRST.size() : index;
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        var ordered = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> ordered.put(String.valueOf(key), of(value)));
        return ordered;
    }
}
