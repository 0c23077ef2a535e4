package dev.skelly.bus;

/**
 * An address on the bus and what travels there.
 *
 * @param address unique on the bus
 * @param type the record that travels
 * @param <T> the same
 */
public record BusChannel<T>(String address, Class<T> type) {

    /** The same channel for one node only. */
    public BusChannel<T> at(String node) {
        return new BusChannel<>(address + "." + node, type);
    }
}
