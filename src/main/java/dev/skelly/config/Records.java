package dev.skelly.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes records apart and puts them together. */
final class Records {

    private Records() {}

    static Object value(Record of, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(of.getClass().getName() + " cannot be read", e);
        }
    }

    /** A record of the same class; throws what its constructor throws. */
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

    /* A constructor tells of its first fault only: try each value alone to find them all. */
    static <T extends Record> List<String> refusals(
            T defaults, Map<RecordComponent, Object> values, IllegalArgumentException first) {
        var faults = new ArrayList<String>();
        values.forEach((component, value) -> {
            var alone = new LinkedHashMap<RecordComponent, Object>();
            values.keySet().forEach(each -> alone.put(each, value(defaults, each)));
            alone.put(component, value);
            try {
                var unused = make(defaults, alone);
            } catch (IllegalArgumentException refusal) {
                faults.add(String.valueOf(refusal.getMessage()));
            }
        });
        return faults.isEmpty() ? List.of(String.valueOf(first.getMessage())) : faults;
    }
}
