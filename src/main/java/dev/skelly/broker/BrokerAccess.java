package dev.skelly.broker;

/**
 * Everything a link to the broker needs.
 *
 * @param address where the broker is, and the login there
 * @param config times and limits of the links
 */
public record BrokerAccess(BrokerAddress address, BrokerConfig config) {}
