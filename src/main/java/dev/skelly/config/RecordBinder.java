package dev.skelly.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the components of records, and creates records from components. */
final class RecordBinder {

    private RecordBinder() {}

    static Object value(Record of, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(of.getClass().getName() + " cannot be read", e);
        }
    }

    /** Creates a record of the same class. Throws what its constructor throws. */
    @SuppressWarnings("unchecked") // the constructor is that of T's own class
    static <T extends Record> T make(T like, Map<RecordComponent, Object> values) {
        try {
            var types = Arrays.stream(like.getClass().getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            var constructor = like.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (T) constructor.newInstance(values.values().toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(like.getClass().getName() + " failed to check itself", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(like.getClass().getName() + " cannot be made", e);
        }
    }

    /* A constructor reports only its first error: the invalid value is the one without which it reports another error or none. */
    static <T extends Record> List<String> refusals(
            T defaults, Map<RecordComponent, Object> values, IllegalArgumentException first) {
        var faults = new ArrayList<String>();
        var left = new LinkedHashMap<>(values);
        Optional<String> refusal = Optional.of(String.valueOf(first.getMessage()));
        while (refusal.isPresent() && faults.size() < values.size()) {
            faults.add(refusal.get());
            refusal = withoutOne(defaults, left, refusal.get());
        }
        return faults;
    }

    /* Removes the invalid value and returns the next error. Two values that are invalid only together are reported once. */
    private static <T extends Record> Optional<String> withoutOne(
            T defaults, Map<RecordComponent, Object> left, String told) {
        for (var component : namedFirst(left.keySet(), told)) {
            var value = left.get(component);
            left.put(component, value(defaults, component));
            var next = refusal(defaults, left);
            if (!next.equals(Optional.of(told))) {
                return next;
            }
            left.put(component, value);
        }
        return Optional.empty();
    }

    private static List<RecordComponent> namedFirst(Set<RecordComponent> components, String told) {
        var keys = told.split(":", 2)[0] + ",";
        return components.stream()
                .sorted(Comparator.comparing(component -> !keys.contains(Settings.name(component) + ",")))
                .toList();
    }

    private static <T extends Record> Optional<String> refusal(T defaults, Map<RecordComponent, Object> values) {
        try {
            var unused = make(defaults, values);
            return Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }
}
