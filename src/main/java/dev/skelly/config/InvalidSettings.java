package dev.skelly.config;

import java.util.List;

/** The settings, or the files they name, are not as expected; each fault is one sentence that names the key, what was found and what was expected. */
public final class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** At least one fault. */
    public InvalidSettings(List<String> faults) {
        super(String.join(System.lineSeparator(), faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** Every fault found, at least one. */
    public List<String> faults() {
        return faults;
    }
}
