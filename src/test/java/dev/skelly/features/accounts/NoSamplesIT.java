package dev.skelly.features.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The database keeps no samples of columns that hold people, not those either that it took before it was told so. */
class NoSamplesIT {

    @Test
    void throwsAwayWhatThereIsAndTakesNoMore() throws IOException {
        try (var database = TestDatabase.fresh("accounts")) {
            // Given: as it was in earlier versions
            database.execute(
                    "alter table account alter column email set statistics -1, alter column name set statistics -1");
            database.execute("insert into account (id, email, email_key, name, password_hash, roles, created_at)"
                    + " select gen_random_uuid(), 'ada' || n || '@example.org', 'ada' || n || '@example.org', 'Ada ' || n, 'h', '{}',"
                    + " now() from generate_series(1, 50) n");
            database.execute("analyze account");
            assertThat(samples(database)).contains("ada7@example.org", "Ada 7");

            // When
            try (var migration = getClass().getResourceAsStream("/db/accounts/004_no_samples.sql")) {
                database.execute(new String(Objects.requireNonNull(migration).readAllBytes(), StandardCharsets.UTF_8));
            }
            var after = samples(database);
            database.execute("analyze account");

            // Then
            assertThat(after).doesNotContain("ada7@", "Ada 7");
            assertThat(samples(database)).doesNotContain("ada7@", "Ada 7").contains("created_at");
        }
    }

    private static String samples(TestDatabase database) {
        var rows = Waiting.on(database.pool()
                .query(
                        "select concat(attname, most_common_vals, histogram_bounds) from pg_stats where tablename = 'account'")
                .execute());
        return String.join(
                "\n",
                StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList());
    }
}
