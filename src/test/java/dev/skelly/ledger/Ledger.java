package dev.skelly.ledger;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All checks together. */
public final class Ledger {

    private static final List<Check> CHECKS = List.of(
            new NothingLost(Set.of("register", "preferences")),
            new SubjectsInOrder(),
            new OneOrder(),
            new ReadersMissNothing(),
            new OneEffectEach(
                    Map.of(
                            "welcome-mail", Set.of("user.registered"),
                            "initialise-preferences", Set.of("user.registered"),
                            "update-analytics", Set.of("*")),
                    "update-analytics",
                    "user.preferences-initialised"),
            new OneLeader());

    private Ledger() {}

    /** Compares what clients wrote down with what the database holds. */
    public static Verdict check(History history, Books books) {
        var verdict = new Verdict();
        CHECKS.forEach(check -> check.look(history, books, verdict));
        return verdict;
    }

    /** Reads a history and a database, prints the verdict and ends with 1 when anything is wrong. */
    public static void main(String[] arguments) throws SQLException {
        if (arguments.length != 4) {
            System.err.println("usage: Ledger HISTORY JDBC-URL USER PASSWORD");
            System.exit(2);
        }
        try (var database = DriverManager.getConnection(arguments[1], arguments[2], arguments[3])) {
            var verdict = check(History.read(Path.of(arguments[0])), Bookkeeper.read(database));
            System.out.println(verdict);
            System.exit(verdict.green() ? 0 : 1);
        }
    }
}
