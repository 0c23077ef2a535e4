package dev.skelly.features.accounts;

import dev.skelly.feature.RecipientDirectory;
import dev.skelly.features.accounts.preferences.NoticeChoices;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The SQL that finds recipients in the tables {@code account} and {@code preferences}. */
final class RecipientTable {

    /* Each half of the condition has an index. */
    private static final String FIND = """
            select a.id, a.email, a.verified_at is not null as verified, a.roles, p.data::text as preferences
            from account a
            left join preferences p on p.account = a.id
            where not a.disabled and (a.id = any ($1) or a.roles && $2)
            order by a.id
            limit $3
            """;

    private RecipientTable() {}

    static Future<RecipientDirectory.FoundRecipients> find(SqlClient sql, RecipientDirectory.FindRecipients query) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(
                        query.accounts().toArray(UUID[]::new), query.roles().toArray(String[]::new), query.limit()))
                .map(rows -> new RecipientDirectory.FoundRecipients(
                        rows.stream().map(RecipientTable::recipient).toList()));
    }

    private static RecipientDirectory.Recipient recipient(Row row) {
        return new RecipientDirectory.Recipient(
                row.getUUID("id"),
                row.getString("email"),
                row.getBoolean("verified"),
                Set.copyOf(List.of(row.getArrayOfStrings("roles"))),
                NoticeChoices.of(row.getString("preferences")));
    }
}
