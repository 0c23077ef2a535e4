package dev.skelly.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the record of finished work costs: bytes of a done row with its index, and the time to forget a range of positions while so many rows are
 * there. The rows of the steps before are completed to the wanted number by SQL that writes what a group writes; the log lacks these events. The
 * oldest rows are forgotten, by the statement of the work role, as of thirty days later.
 */
final class InboxSize {

    /**
     * The one place that knows the table.
     *
     * @param table whose size is measured
     * @param rows counts the done rows
     * @param fill statements that add {@link #BATCH} done rows, in their order
     * @param forget deletes a batch of them
     */
    private record Sql(String table, String rows, List<String> fill, String forget) {}

    private static final int BATCH = 5_000;
    private static final int BATCHES = 20;

    private static final String ROWS =
            "select count(*) from work_done where worker = number_of_worker('" + BenchFeature.WORKER + "')";

    private static final String RECORD = """
            insert into work_done (worker, position)
            select (select number_of_worker('%s')), (select coalesce(max(position), 0) from work_done) + n
            from generate_series(1, %d) as n
            """.formatted(BenchFeature.WORKER, BATCH);

    /* DoneTable.FORGET with another time, for one worker and a fixed number of rows, confirmed or not. */
    private static final String FORGET = """
            with range as (
              select min(position) as first, min(position) + %2$d - 1 as last
              from work_done
              where worker = (select number from worker_number where worker = '%1$s')
            )
            delete from work_done
            where worker = (select number from worker_number where worker = '%1$s')
              and position >= (select first from range) and position <= (select last from range)
              and done_minute < (extract(epoch from statement_timestamp() + interval '30 days') / 60)::int - 20160
            """.formatted(BenchFeature.WORKER, BATCH);

    private static final Sql SQL = new Sql("work_done", ROWS, List.of(RECORD), FORGET);

    private final WorkNode node;

    InboxSize(WorkNode node) {
        this.node = node;
    }

    /** Needs a node whose servers run alone. */
    void measure(Figures figures, int wanted) throws SQLException {
        var there = node.number(SQL.rows());
        try (var statement = node.sql().createStatement()) {
            for (var rows = there; rows < wanted; rows += BATCH) {
                for (var sql : SQL.fill()) {
                    statement.executeUpdate(sql);
                }
            }
        }
        figures.show("inboxDoneRowsOfTheNode", (double) there);
        showSize(figures);
        forget(figures);
    }

    private void showSize(Figures figures) {
        var rows = node.number(SQL.rows());
        figures.show("inboxDoneRows", (double) rows);
        figures.show(
                "inboxBytesARow", (double) node.number("select pg_total_relation_size('" + SQL.table() + "')") / rows);
        figures.show(
                "inboxBytesARowWithoutIndexes",
                (double) node.number("select pg_table_size('" + SQL.table() + "')") / rows);
    }

    private void forget(Figures figures) throws SQLException {
        List<Double> millis = new ArrayList<>();
        try (var statement = node.sql().createStatement()) {
            for (var batch = 0; batch < BATCHES; batch++) {
                var began = System.nanoTime();
                var forgotten = statement.executeUpdate(SQL.forget());
                if (forgotten == 0 || forgotten > BATCH) {
                    throw new IllegalStateException(forgotten + " rows were forgotten (expected: 1 to " + BATCH + ")");
                }
                millis.add((System.nanoTime() - began) / (double) TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        figures.show("inboxForget5000RowsMsFirst", millis.get(0));
        figures.show(
                "inboxForget5000RowsMsP50", millis.stream().sorted().toList().get(BATCHES / 2));
    }
}
