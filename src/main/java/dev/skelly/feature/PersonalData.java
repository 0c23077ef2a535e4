package dev.skelly.feature;

import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import java.util.UUID;

/**
 * Exports and erases the personal data that a feature stores.
 *
 * <p>Ids are not personal data: they stay in the log and identify no person once the account is gone. Addresses, names, network addresses
 * and any text that a person typed are personal data.
 */
public interface PersonalData {

    /**
     * Clears or anonymises every row about a person, in the one transaction in which all features do so and {@code user.deleted} is
     * appended. Having nothing to erase is not a failure; a failed future rolls back the whole erasure.
     */
    Future<Void> erase(Tx tx, UUID account);

    /**
     * Returns all data stored about a person, as JSON-serializable values: texts, numbers, booleans, times, lists, maps, records.
     *
     * @return empty when there is none; bounded, with a field {@code truncated} when it had to be cut
     */
    Future<Map<String, Object>> export(SqlClient sql, UUID account);
}
