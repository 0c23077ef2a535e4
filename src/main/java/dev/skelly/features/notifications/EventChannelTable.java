package dev.skelly.features.notifications;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The SQL that reads the channels of events from the log. */
final class EventChannelTable {

    private static final String CHANNELS = "select id, channels from event where id = any ($1)";

    private EventChannelTable() {}

    static Future<ReadChannels.KnownChannels> read(SqlClient sql, ReadChannels query) {
        return sql.preparedQuery(CHANNELS)
                .execute(Tuple.tuple().addArrayOfUUID(query.events().toArray(UUID[]::new)))
                .map(rows -> new ReadChannels.KnownChannels(rows.stream()
                        .collect(Collectors.toMap(
                                row -> row.getUUID("id"), row -> List.of(row.getArrayOfStrings("channels"))))));
    }
}
