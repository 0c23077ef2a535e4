package dev.skelly.relay;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Reads the table the way one would without thinking: what is above the last {@code seq} seen. Numbers what it sees itself. */
final class NaiveReader {

    private static final String NEXT = """
            select seq, row_number() over (order by seq) + $2::bigint as position, id, type, source, subject, subject_version, actor,
              correlation, causation, time, channels, data::text as data, traceparent, type_version, sealed
            from event
            where seq > $1
            order by seq
            """;

    private final Pool pool;
    private final List<StoredEvent> seen = new ArrayList<>();
    private final Promise<Void> ended = Promise.promise();
    private volatile boolean stopping;
    private long last;

    NaiveReader(Pool pool) {
        this.pool = pool;
        read();
    }

    private void read() {
        var stopped = stopping;
        pool.preparedQuery(NEXT)
                .execute(Tuple.of(last, (long) seen.size()))
                .onSuccess(rows -> {
                    for (var row : rows) {
                        last = row.getLong("seq");
                        seen.add(LogReader.envelope(row));
                    }
                    if (stopped) {
                        ended.complete();
                    } else {
                        read();
                    }
                })
                .onFailure(ended::fail);
    }

    /** Reads once more, and answers everything seen. */
    Future<List<StoredEvent>> stop() {
        stopping = true;
        return ended.future().map(done -> seen);
    }
}
