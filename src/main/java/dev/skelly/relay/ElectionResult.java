package dev.skelly.relay;

import dev.skelly.broker.MessageProof;
import java.util.Map;

/**
 * The result of a won election.
 *
 * @param epoch identifies this leader's writes
 * @param head newest position at the start of the term
 * @param checkpoints position up to which each worker's events were handed over; contains every worker of this node
 * @param proof for the messages of this term
 */
record ElectionResult(long epoch, long head, Map<String, Long> checkpoints, MessageProof proof) {}
