package dev.skelly.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the record of finished work costs: bytes of a done row with its indexes, as a drained backlog left it, and the time to forget a batch of
 * rows while so many are there. The rows are forgotten by the statement of the work role, as of thirty days later.
 */
final class InboxSize {

    /**
     * The one place that knows the table.
     *
     * @param table whose size is measured
     * @param rows counts the done rows
     * @param forget deletes a batch of them
     */
    private record Sql(String table, String rows, String forget) {}

    private static final int BATCH = 5_000;
    private static final int BATCHES = 20;

    /* InboxTable.FORGET with another time, for one worker and a fixed number of rows. */
    private static final Sql SQL = new Sql(
            "inbox",
            "select count(*) from inbox where state = 'done' and worker = '" + BenchFeature.WORKER + "'",
            """
            delete from inbox i
            using unnest(array['%1$s']) as mine (worker)
            left join handover h on h.worker = mine.worker
            cross join lateral (
              select old.event
              from (
                select event
                from inbox
                where worker = mine.worker and state = 'done' and due_at <= clock_timestamp() + interval '30 days'
                order by due_at
                limit %2$d
                for update skip locked
              ) old
              left join lateral (select position from event where id = old.event limit 1) e on true
              where h.confirmed is null or e.position is null or e.position <= h.confirmed
            ) gone
            where i.worker = mine.worker and i.event = gone.event
            """.formatted(BenchFeature.WORKER, BATCH));

    private final WorkNode node;

    InboxSize(WorkNode node) {
        this.node = node;
    }

    /** Returns how many done rows there are. */
    long rows() {
        return node.number(SQL.rows());
    }

    void measure(Figures figures) throws SQLException {
        var rows = rows();
        figures.show("inboxDoneRows", (double) rows);
        figures.show(
                "inboxBytesARow", (double) node.number("select pg_total_relation_size('" + SQL.table() + "')") / rows);
        figures.show(
                "inboxBytesARowWithoutIndexes",
                (double) node.number("select pg_table_size('" + SQL.table() + "')") / rows);
        List<Double> millis = new ArrayList<>();
        try (var statement = node.sql().createStatement()) {
            for (var batch = 0; batch < BATCHES; batch++) {
                var began = System.nanoTime();
                var forgotten = statement.executeUpdate(SQL.forget());
                if (forgotten != BATCH) {
                    throw new IllegalStateException(forgotten + " rows were forgotten (expected: " + BATCH + ")");
                }
                millis.add((System.nanoTime() - began) / (double) TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        figures.show("inboxForget5000RowsMsFirst", millis.get(0));
        figures.show(
                "inboxForget5000RowsMsP50", millis.stream().sorted().toList().get(BATCHES / 2));
    }
}
