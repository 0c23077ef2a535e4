package dev.skelly.config;

import java.util.List;

/** Thrown when settings, or files they name, are invalid. Each error is one sentence with the key, the value found and the expected one. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** Creates the exception with at least one error. Passwords of URLs in them are masked. */
    public InvalidSettingsException(List<String> faults) {
        super(String.join(System.lineSeparator(), masked(faults)), null, false, false);
        this.faults = masked(faults);
    }

    private static List<String> masked(List<String> faults) {
        return faults.stream().map(SecretMasking::sentence).toList();
    }

    /** Returns all errors, at least one. */
    public List<String> faults() {
        return faults;
    }
}
