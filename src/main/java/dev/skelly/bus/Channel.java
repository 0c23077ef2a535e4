package dev.skelly.bus;

/**
 * An address on the bus and what travels there.
 *
 * @param address unique on the bus
 * @param type the record that travels
 * @param <T> the same
 */
public record Channel<T>(String address, Class<T> type) {

    /** The same channel for one node only. */
    public Channel<T> at(String node) {
        return new Channel<>(address + "." + node, type);
    }
}
