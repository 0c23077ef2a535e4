package dev.skelly.event;

import java.util.List;

/** What is wrong with the types of a process, all of it. */
public final class EventTypeFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    EventTypeFault(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** A line each. */
    public List<String> faults() {
        return faults;
    }
}
