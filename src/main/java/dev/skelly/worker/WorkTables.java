package dev.skelly.worker;

import java.time.Duration;

/** The tables of one process that record what becomes of events. */
record WorkTables(InboxTable inbox, HeldWorkTable held, GroupTable groups, DoneTable done, NodeTable nodes) {

    /**
     * Creates the tables' SQL.
     *
     * @param node its name and, after a slash, an id that distinguishes this process from the previous one
     */
    static WorkTables of(String node, Duration claim, Duration keepDone) {
        return new WorkTables(
                new InboxTable(node, claim, keepDone),
                new HeldWorkTable(node, claim),
                new GroupTable(node, claim),
                new DoneTable(keepDone),
                new NodeTable(node, claim));
    }
}
