package dev.skelly.relay;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.HashChainHead;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The SQL that sequences events. */
final class SequencingTable {

    /**
     * The result of one sequencing call.
     *
     * @param events ascending by position, dense
     * @param highestSeq the highest {@code seq} among them; 0 if there are none
     * @param head the chain's head after them; the head of an empty log if there are none
     */
    record Stamped(List<StoredEvent> events, long highestSeq, HashChainHead head) {}

    private final SqlConnection session;

    SequencingTable(SqlConnection session) {
        this.session = session;
    }

    /** Sequences events and commits. Fails with {@link LeadershipLostException} when the epoch is no longer current. */
    Future<Stamped> stamp(long epoch, long settled, int rowsMax, int bytesMax) {
        return session.preparedQuery("select * from stamp_events($1, $2, $3, $4)")
                .execute(Tuple.of(epoch, settled, rowsMax, (long) bytesMax))
                .map(SequencingTable::stamped)
                .recover(failure -> Future.failedFuture(explain(failure, epoch)));
    }

    private static Stamped stamped(RowSet<Row> rows) {
        var events = new ArrayList<StoredEvent>(rows.size());
        var highest = 0L;
        Row last = null;
        for (var row : rows) {
            events.add(LogReader.envelope(row));
            highest = Math.max(highest, row.getLong("seq"));
            last = row;
        }
        return new Stamped(events, highest, last == null ? HashChainHead.EMPTY : head(last));
    }

    private static HashChainHead head(Row last) {
        var hash = last.getBuffer("hash").getBytes();
        return new HashChainHead(last.getLong("position"), HexFormat.of().formatHex(hash));
    }

    private static Throwable explain(Throwable failure, long epoch) {
        return failure instanceof PgException refusal && LeadershipLostException.SQL_STATE.equals(refusal.getSqlState())
                ? new LeadershipLostException(epoch)
                : failure;
    }
}
