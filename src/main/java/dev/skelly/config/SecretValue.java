package dev.skelly.config;

/**
 * A setting whose value is never shown.
 *
 * @param value empty for none
 */
public record SecretValue(String value) {

    /** No secret. */
    public static final SecretValue NONE = new SecretValue("");

    /** Tells whether a secret is set. */
    public boolean present() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return present() ? "******" : "";
    }
}
