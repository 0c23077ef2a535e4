package dev.skelly.ledger;

import java.util.HashMap;
import java.util.Map;

/** B-07: epochs and heads only grow, and a node that lost the lease writes nothing more. */
final class OneLeader implements Check {

    @Override
    public void look(History history, Books books, Verdict verdict) {
        var epoch = 0L;
        Map<String, Long> values = new HashMap<>();
        Map<Integer, String> owners = new HashMap<>();
        for (var write : books.leaderWrites()) {
            if (write.what().equals("restamp")) {
                verdict.violation("position", write.value() + " was given to an event that had another");
                continue;
            }
            if (write.epoch() < epoch) {
                verdict.violation("epoch", write.what() + " was written under " + write.epoch() + " after " + epoch);
            }
            epoch = Math.max(epoch, write.epoch());
            var before = values.put(write.what(), write.value());
            if (before != null && write.value() < before) {
                verdict.violation("epoch", write.what() + " went back from " + before + " to " + write.value());
            }
            var owner = owners.putIfAbsent(write.backend(), write.holder());
            if (owner != null && !owner.equals(write.holder())) {
                verdict.violation(
                        "zombie", owner + " wrote " + write.what() + " while " + write.holder() + " held the lease");
            }
        }
        for (var checkpoint : books.checkpoints()) {
            if (checkpoint.epoch() > books.leaseEpoch() || checkpoint.position() > books.head()) {
                verdict.violation("epoch", "checkpoint of " + checkpoint.worker() + " is ahead of the lease");
            }
        }
        verdict.figure("epochs", books.leaseEpoch());
        verdict.figure("leaderWrites", books.leaderWrites().size());
    }
}
