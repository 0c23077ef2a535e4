package dev.skelly.config;

/**
 * A setting that is never shown.
 *
 * @param value empty for none
 */
public record SecretValue(String value) {

    /** No secret. */
    public static final SecretValue NONE = new SecretValue("");

    /** Whether there is one. */
    public boolean present() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return present() ? "******" : "";
    }
}
