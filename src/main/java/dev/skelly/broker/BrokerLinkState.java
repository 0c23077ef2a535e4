package dev.skelly.broker;

import java.time.Instant;

/**
 * Whether the broker can be reached.
 *
 * @param up whether there is a connection
 * @param since when that became so
 */
public record BrokerLinkState(boolean up, Instant since) {}
