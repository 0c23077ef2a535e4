package dev.skelly.security;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The SQL of {@code role}. */
public final class RoleTable {

    private static final String ALL = "select name, grants from role order by name";

    private static final String PRESENT = "select name from role where name = any ($1) for share";

    private RoleTable() {}

    static Future<List<RoleGrants>> all(SqlClient sql) {
        return sql.preparedQuery(ALL)
                .execute()
                .map(rows -> rows.stream().map(RoleTable::grants).toList());
    }

    private static RoleGrants grants(Row row) {
        return new RoleGrants(row.getString("name"), List.of(row.getArrayOfStrings("grants")));
    }

    /** Those of the names that are no role. The others stay roles until the caller's transaction ends. */
    public static Future<List<String>> unknown(SqlClient sql, Collection<String> names) {
        var wanted = new TreeSet<>(names);
        wanted.remove(Grants.ADMIN);
        return sql.preparedQuery(PRESENT)
                .execute(Tuple.tuple().addArrayOfString(wanted.toArray(String[]::new)))
                .map(rows -> {
                    rows.forEach(row -> wanted.remove(row.getString("name")));
                    return List.copyOf(wanted);
                });
    }
}
