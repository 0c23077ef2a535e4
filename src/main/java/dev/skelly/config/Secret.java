package dev.skelly.config;

/**
 * A setting that is never shown.
 *
 * @param value empty for none
 */
public record Secret(String value) {

    /** No secret. */
    public static final Secret NONE = new Secret("");

    /** Whether there is one. */
    public boolean present() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return present() ? "******" : "";
    }
}
