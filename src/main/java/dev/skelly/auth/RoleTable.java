package dev.skelly.auth;

import dev.skelly.event.Audience;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The SQL of table {@code role}. */
public final class RoleTable {

    private static final String ALL = "select name, grants, version from role order by name";

    private static final String LOCK = "select name, grants, version from role where name = $1 for update";

    private static final String PRESENT = "select name from role where name = any ($1) for share";

    private static final String INSERT = """
            insert into role (name, grants)
            values ($1, $2)
            on conflict (name) do nothing
            returning name, grants, version
            """;

    private static final String UPDATE = """
            update role
            set grants = $2, version = version + 1
            where name = $1
            returning name, grants, version
            """;

    private static final String DELETE = "delete from role where name = $1";

    private RoleTable() {}

    static Future<List<RolePermissions>> all(SqlClient sql) {
        return views(sql)
                .map(roles -> roles.stream()
                        .map(role -> new RolePermissions(role.name(), role.grants()))
                        .toList());
    }

    public static Future<List<RoleView>> views(SqlClient sql) {
        return sql.preparedQuery(ALL)
                .execute()
                .map(rows -> rows.stream().map(RoleTable::view).toList());
    }

    private static RoleView view(Row row) {
        return RoleView.of(row.getString("name"), List.of(row.getArrayOfStrings("grants")), row.getLong("version"));
    }

    public static Future<Optional<RoleView>> lock(SqlClient sql, String name) {
        return first(sql, LOCK, Tuple.of(name));
    }

    /** Inserts a role; empty when it exists. */
    public static Future<Optional<RoleView>> insert(SqlClient sql, String name, List<String> grants) {
        return first(sql, INSERT, Tuple.of(name).addArrayOfString(grants.toArray(String[]::new)));
    }

    public static Future<Optional<RoleView>> update(SqlClient sql, String name, List<String> grants) {
        return first(sql, UPDATE, Tuple.of(name).addArrayOfString(grants.toArray(String[]::new)));
    }

    public static Future<Void> delete(SqlClient sql, String name) {
        return sql.preparedQuery(DELETE).execute(Tuple.of(name)).mapEmpty();
    }

    private static Future<Optional<RoleView>> first(SqlClient sql, String statement, Tuple parameters) {
        return sql.preparedQuery(statement)
                .execute(parameters)
                .map(rows -> rows.stream().findFirst().map(RoleTable::view));
    }

    /** Returns those of the names that are not roles. The others stay roles until the caller's transaction ends. */
    public static Future<List<String>> unknown(SqlClient sql, Collection<String> names) {
        var wanted = new TreeSet<>(names);
        wanted.remove(Audience.ADMIN);
        return sql.preparedQuery(PRESENT)
                .execute(Tuple.tuple().addArrayOfString(wanted.toArray(String[]::new)))
                .map(rows -> {
                    rows.forEach(row -> wanted.remove(row.getString("name")));
                    return List.copyOf(wanted);
                });
    }
}
