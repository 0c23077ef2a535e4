package dev.skelly.bus;

/**
 * A record on its way to an address. Readers on this node get it by reference.
 *
 * @param address where it is sent; sealed with it, so that it is accepted nowhere else
 */
record AddressedRecord(String address, Object content) {}
