package dev.skelly.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.skelly.node.FeatureJars;
import dev.skelly.testing.TestJar;
import dev.skelly.testkit.TestDatabase;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations of jars that come, change, go and come back, over a database that exists. */
class MigrationsIT {

    private static final String TABLE = "create table foreign_order (id bigint primary key);";
    private static final String COLUMN = "alter table foreign_order add column note text;";

    private final TestDatabase database = TestDatabase.complete();
    private final Map<String, ClassLoader> own =
            new LinkedHashMap<>(Map.of("audit", Migrations.class.getClassLoader()));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void startWithoutJars() {
        assertThat(migrations().run(own)).isZero();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private Migrations migrations() {
        var address = database.address();
        return new Migrations(address.jdbcUrl(), address.user(), address.password());
    }

    /** Runs the migrations of a jar that holds these of the feature beside our own. */
    private int runWith(String feature, String... migrations) {
        var jar = new TestJar().feature("foreign.ForeignFeature", '"' + feature + '"');
        for (var number = 1; number <= migrations.length; number++) {
            jar.file("db/" + feature + "/00" + number + "_step.sql", migrations[number - 1]);
        }
        return run(jar);
    }

    private int run(TestJar jar) {
        jar.write(folder.resolve("features/bookings.jar"));
        try (var jars = FeatureJars.load(folder.resolve("features"), Set.of())) {
            return run(jars.loaders());
        } finally {
            assertThat(TestJar.openBelow(folder)).isEmpty();
        }
    }

    private int run(Map<String, ClassLoader> foreign) {
        var all = new LinkedHashMap<>(own);
        all.putAll(foreign);
        return migrations().run(all);
    }

    private List<String> texts(String select) throws SQLException {
        var found = new ArrayList<String>();
        var address = database.address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Test
    void runsThoseOfANewJarOnceOverAnExistingDatabase() throws Exception {
        assertThat(runWith("bookings", TABLE)).isEqualTo(1);
        assertThat(runWith("bookings", TABLE)).isZero();
        assertThat(texts("select version from \"migration_bookings\" where type = 'SQL'"))
                .containsExactly("001");
    }

    @Test
    void refusesTablesOfALaterRelease() throws Exception {
        // Given
        assertThat(runWith("bookings", TABLE, COLUMN)).isEqualTo(1 + 1);
        database.execute(
                "insert into migration_audit (installed_rank, version, description, type, script, installed_by, execution_time, success)"
                        + " values (99, '099', 'later', 'SQL', '099_later.sql', 'x', 1, true)");

        // When
        var older = catchThrowable(() -> runWith("bookings", TABLE));

        // Then
        assertThat(older)
                .isInstanceOf(FailedMigrationException.class)
                .hasMessageStartingWith("a later release has migrated the tables: ")
                .hasMessageContaining("those of audit are at 99 and not at 2")
                .hasMessageContaining("those of bookings are at 2 and not at 1");
        assertThat(texts("select note from foreign_order")).isEmpty();
    }

    @Test
    void runsThoseThatAChangedJarAdds() throws Exception {
        assertThat(runWith("bookings", TABLE)).isEqualTo(1);
        assertThat(runWith("bookings", TABLE, COLUMN)).isEqualTo(1);
        assertThat(texts("select note from foreign_order")).isEmpty();
    }

    @Test
    void leavesTheTablesOfARemovedJarAndGoesOnWhenItIsPutBack() throws Exception {
        assertThat(runWith("bookings", TABLE)).isEqualTo(1);
        database.execute("insert into foreign_order (id) values (7)");

        assertThat(migrations().run(own)).isZero();
        assertThat(texts("select id from foreign_order")).containsExactly("7");

        assertThat(runWith("bookings", TABLE)).isZero();
        assertThat(runWith("bookings", TABLE, COLUMN)).isEqualTo(1);
        assertThat(texts("select id from foreign_order where note is null")).containsExactly("7");
    }

    @Test
    void beginsAnewWhenTablesAndHistoryWereDroppedByHand() throws Exception {
        assertThat(runWith("bookings", TABLE)).isEqualTo(1);
        database.execute("drop table foreign_order, \"migration_bookings\"");

        assertThat(runWith("bookings", TABLE)).isEqualTo(1);
        assertThat(texts("select id from foreign_order")).isEmpty();
    }

    @Test
    void looksAtNoFolderWhenAllRanBefore() throws Exception {
        assertThat(runWith("bookings", TABLE)).isEqualTo(1);
        database.execute("delete from \"migration_bookings\" where type = 'SQL'");

        assertThat(runWith("bookings", TABLE))
                .isZero(); // Looking would find it missing, and fail over the table that exists.
    }

    @Test
    void runsThoseOfAHyphenatedName() {
        assertThat(runWith("back-orders", TABLE)).isEqualTo(1);
        assertThat(runWith("back-orders", TABLE)).isZero();
        assertThat(runWith("back-orders", TABLE, COLUMN)).isEqualTo(1);
    }

    @Test
    void runsThoseOfAClassFolder() throws IOException {
        Files.createDirectories(folder.resolve("db/bookings"));
        Files.writeString(folder.resolve("db/bookings/001_step.sql"), TABLE);
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Migrations.class.getClassLoader())) {
            assertThat(run(Map.of("bookings", loader))).isEqualTo(1);
            assertThat(run(Map.of("bookings", loader))).isZero();
            Files.writeString(folder.resolve("db/bookings/002_step.sql"), COLUMN);
            assertThat(run(Map.of("bookings", loader))).isEqualTo(1);
        }
    }

    @Test
    void remembersHundredsOfFiles() {
        var jar = new TestJar().feature("foreign.ForeignFeature", "\"bookings\"");
        for (var number = 100; number < 400; number++) {
            jar.file("db/bookings/" + number + "_step.sql", "select " + number + ";");
        }

        assertThat(run(jar)).isEqualTo(300);
        assertThat(run(jar)).isZero();
    }

    @Test
    void namesFeatureAndJarOfAFailedMigrationAndGoesOnWhenItIsRepaired() throws Exception {
        assertThatThrownBy(() -> runWith("bookings", TABLE, "creat table broken (id bigint);"))
                .isInstanceOf(FailedMigrationException.class)
                .hasMessageMatching(".*features/bookings\\.jar: the migrations of feature bookings failed: .*"
                        + "002_step\\.sql.*syntax error at or near \"creat\".* \\(expected: [^\\n]*\\)");
        assertThat(runWith("bookings", TABLE, COLUMN)).isEqualTo(1);
    }

    @Test
    void refusesAMigrationThatChangedAfterItRan() throws Exception {
        assertThat(runWith("bookings", TABLE)).isEqualTo(1);

        assertThatThrownBy(() -> runWith("bookings", TABLE + COLUMN))
                .isInstanceOf(FailedMigrationException.class)
                .hasMessageMatching(".*features/bookings\\.jar: the migrations of feature bookings failed: .*"
                        + "checksum mismatch.* -> Resolved locally : -?\\d+ \\(expected: [^\\n]*\\)");
        assertThat(runWith("bookings", TABLE)).isZero();
    }
}
