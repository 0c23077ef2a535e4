package dev.skelly.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the record of finished work costs: bytes of a done row with its indexes, and the time to forget a batch of rows while so many are there.
 * The rows of the steps before are completed to the wanted number by SQL that writes what the work role writes, first to begin an event and then
 * to end it; the log lacks these events. The oldest rows are forgotten, by the statement of the work role, as of thirty days later.
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
            "select count(*) from inbox where state = 'done' and worker = '" + BenchFeature.WORKER + "'";

    private static final String BEGIN = """
            insert into inbox (worker, event, type, subject, state, attempts, node, due_at)
            select '%s', uuidv7(), '%s', 'user:' || gen_random_uuid(), 'running', 1,
              '01a22724-2db7-7946-bdb3-22f4b0913787/01a22724-2db7-7946-bdb3-22f4b0913788', clock_timestamp() + interval '15 s'
            from generate_series(1, %d)
            """.formatted(BenchFeature.WORKER, BenchFeature.TYPE, BATCH);

    private static final String DONE = """
            update inbox
            set state = 'done', errors = '[]', due_at = clock_timestamp() + interval '14 days'
            where worker = '%s' and state in ('waiting', 'running')
            """.formatted(BenchFeature.WORKER);

    /* InboxTable.FORGET with another time, for one worker and a fixed number of rows. */
    private static final String FORGET = """
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
            """.formatted(BenchFeature.WORKER, BATCH);

    private static final Sql SQL = new Sql("inbox", ROWS, List.of(BEGIN, DONE), FORGET);

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
