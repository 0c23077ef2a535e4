package dev.skelly.relay;

import dev.skelly.event.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What a reader of the log saw, against what the writers know. */
final class OrderCheck {

    private OrderCheck() {}

    /**
     * Every fault found.
     *
     * @param seen in the order in which the reader saw it
     * @param number tells an event from all others
     * @param committed numbers whose commit was acknowledged
     */
    static List<String> faults(List<StoredEvent> seen, ToIntFunction<StoredEvent> number, Set<Integer> committed) {
        var faults = new ArrayList<String>();
        long position = 0;
        Map<String, Long> versions = new HashMap<>();
        for (var event : seen) {
            position++;
            if (event.position() != position) {
                faults.add("position " + event.position() + " where " + position + " was due");
                position = event.position();
            }
            var version = versions.merge(event.subject(), 1L, Long::sum);
            if (event.subjectVersion() != version) {
                faults.add(
                        event.subject() + " at version " + event.subjectVersion() + " where " + version + " was due");
                versions.put(event.subject(), event.subjectVersion());
            }
        }
        var numbers = seen.stream().map(number::applyAsInt).collect(Collectors.toList());
        var distinct = new HashSet<>(numbers);
        if (distinct.size() != numbers.size()) {
            faults.add((numbers.size() - distinct.size()) + " events seen twice");
        }
        committed.stream()
                .filter(one -> !distinct.contains(one))
                .forEach(one -> faults.add("committed event " + one + " was never seen"));
        distinct.stream()
                .filter(one -> !committed.contains(one))
                .forEach(one -> faults.add("event " + one + " was seen but never committed"));
        return faults;
    }
}
