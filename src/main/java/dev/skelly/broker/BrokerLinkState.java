package dev.skelly.broker;

import java.time.Instant;

/**
 * The state of a broker link.
 *
 * @param up whether there is a connection
 * @param since when this state began
 */
public record BrokerLinkState(boolean up, Instant since) {}
