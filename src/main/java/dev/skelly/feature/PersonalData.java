package dev.skelly.feature;

import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import java.util.UUID;

/**
 * What a feature keeps about people: how a person gets it all, and how it goes when the person goes.
 *
 * <p>Ids are no personal data: they stay in the log and lead to nobody once the account is gone. Addresses, names, network addresses and
 * whatever a person typed are.
 */
public interface PersonalData {

    /**
     * Empties or anonymises every row about a person, in the one transaction in which all features do so and {@code user.deleted} is
     * appended. Nothing to erase is no failure; a failed future undoes the whole erasure.
     */
    Future<Void> erase(Tx tx, UUID account);

    /**
     * Everything that is kept about a person, as JSON will carry it: texts, numbers, booleans, times, lists, maps, records.
     *
     * @return empty when there is nothing; bounded, and where it had to be cut, saying so in a field {@code truncated}
     */
    Future<Map<String, Object>> export(SqlClient sql, UUID account);
}
