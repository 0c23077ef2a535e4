package dev.skelly.idempotency;

/**
 * The name under which a command's effect is stored.
 *
 * @param value declared and stable
 * @param formerly the Java class name that the previous release stored; accepted for one release
 */
public record CommandName(String value, String formerly) {

    boolean matches(String stored) {
        return stored.equals(value) || stored.equals(formerly);
    }

    @Override
    public String toString() {
        return value;
    }
}
