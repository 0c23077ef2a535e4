package dev.skelly.bus;

/**
 * An address on the bus and the type of its messages.
 *
 * @param address unique on the bus
 * @param type the record that travels
 * @param <T> the same
 */
public record BusChannel<T>(String address, Class<T> type) {

    /** Returns this channel for one node only. */
    public BusChannel<T> at(String node) {
        return new BusChannel<>(address + "." + node, type);
    }
}
