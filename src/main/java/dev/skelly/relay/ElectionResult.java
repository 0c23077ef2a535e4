package dev.skelly.relay;

import java.util.Map;

/**
 * What an election gave.
 *
 * @param epoch by which this leader's writes are known
 * @param head newest position when it began
 * @param checkpoints up to where each worker's events were handed over; every worker of this node has one
 */
record ElectionResult(long epoch, long head, Map<String, Long> checkpoints) {}
