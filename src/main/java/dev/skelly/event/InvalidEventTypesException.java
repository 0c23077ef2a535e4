package dev.skelly.event;

import java.util.List;

/** Thrown when the event types of a process are invalid; lists every fault. */
public final class InvalidEventTypesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** Lists the faults, one line each. */
    public InvalidEventTypesException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** Returns the faults, one line each. */
    public List<String> faults() {
        return faults;
    }
}
