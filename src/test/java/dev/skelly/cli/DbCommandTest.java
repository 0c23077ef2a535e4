package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.CommandHere;
import dev.skelly.embedded.PostgresVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code db backup} refuses, and what {@code db upgrade} says; neither starts anything here. */
class DbCommandTest {

    private static final int HERE = PostgresVersions.OF_THIS_RELEASE;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeEach
    void resolve() throws IOException {
        folder = temporary.toRealPath();
        data = folder.resolve("my data");
    }

    private CommandHere.Said backup(Object file, String... flags) {
        var words = new String[flags.length + 4];
        System.arraycopy(flags, 0, words, 4, flags.length);
        words[0] = "db";
        words[1] = "backup";
        words[2] = file.toString();
        words[3] = "--data.dir=" + data;
        return CommandHere.run(words);
    }

    @CanIgnoreReturnValue // Most only need it to be there.
    private Path database(int version) throws IOException {
        var made = Files.createDirectories(data.resolve("postgres").resolve("data-" + version));
        Files.writeString(made.resolve("PG_VERSION"), version + "\n");
        return made;
    }

    @Test
    void refusesAllThatIsWrongAtOnce() throws IOException {
        // Given
        var there = Files.writeString(folder.resolve("there.tar.gz"), "mine");

        // When
        var said = backup(there);

        // Then
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.words().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("data.dir: " + data).contains("skelly db upgrade"),
                        line -> assertThat(line).isEqualTo("FILE: " + there + " exists (expected: a new file)"));
        assertThat(there).hasContent("mine");
        assertThat(data).doesNotExist();
    }

    @Test
    void writesNowhereWhereABackupCannotBe() throws IOException {
        // Given
        database(HERE);
        var unfinished = Files.createFile(folder.resolve("half.tar.gz.part"));

        // When
        var missing = backup(folder.resolve("no").resolve("b.tar.gz"));
        var inside = backup(data.resolve("b.tar.gz"));
        var twice = backup(folder.resolve("half.tar.gz"));
        var aFolder = backup(folder);
        var none = CommandHere.run("db", "backup");

        // Then
        assertThat(missing.words()).contains("FILE: " + folder.resolve("no") + " is no folder");
        assertThat(inside.words()).contains("(expected: a file outside the data folder");
        assertThat(twice.words()).contains("FILE: " + unfinished + " exists");
        assertThat(aFolder.words()).contains("FILE: " + folder + " exists");
        assertThat(none.words()).contains("FILE");
        for (var said : new CommandHere.Said[] {missing, inside, twice, aFolder, none}) {
            assertThat(said.code()).as(said.words()).isEqualTo(2);
        }
        assertThat(folder.resolve("half.tar.gz")).doesNotExist();
        assertThat(data.resolve("b.tar.gz")).doesNotExist();
    }

    @Test
    void saysHowADatabaseElsewhereIsBackedUp() {
        // When
        var said = backup(
                folder.resolve("of friday.dump"),
                "--db.url=postgresql://ada:hush@db.example.org/shop",
                "--security.unsealed-keys=true");

        // Then
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.words())
                .contains("PGSSLMODE=verify-full pg_dump --host=db.example.org --port=5432 --username=ada --dbname=shop"
                        + " --format=custom --file='" + folder.resolve("of friday.dump") + "'")
                .contains("pg_basebackup --host=db.example.org")
                .doesNotContain("hush");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void carriesNothingOverWhereThereIsNothing() throws IOException {
        // When
        var empty = CommandHere.run("db", "upgrade", "--data.dir=" + data);
        database(HERE);
        database(HERE - 2);
        var present = CommandHere.run("db", "upgrade", "--data.dir=" + data);
        var outside = CommandHere.run(
                "db", "upgrade", "--data.dir=" + data, "--db.url=postgresql://h/d", "--security.unsealed-keys=true");

        // Then
        for (var said : new CommandHere.Said[] {empty, present, outside}) {
            assertThat(said.code()).as(said.words()).isZero();
            assertThat(said.words()).startsWith("nothing to carry over");
        }
    }

    @Test
    void saysHowTheDatabaseOfAFormerReleaseIsCarriedOver() throws IOException {
        // Given
        database(HERE - 2);
        var former = database(HERE - 1);

        // When
        var said = CommandHere.run("db", "upgrade", "--data.dir=" + data);

        // Then
        var login = " --host=127.0.0.1 --port=15432 --username=skelly --dbname=skelly ";
        var kept = data + "/postgres-" + (HERE - 1);
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.words())
                .contains(former + " is of PostgreSQL " + (HERE - 1) + ", this release runs " + HERE)
                .containsSubsequence(
                        "java -jar FORMER.jar services --only=database --data.dir='" + data + "'",
                        " pg_dump" + login + "--format=custom --file='" + kept + ".dump'",
                        "mv '" + data + "/postgres' '" + kept + "'",
                        "java -jar skelly.jar services --only=database --data.dir='" + data + "'",
                        " pg_restore" + login + "--no-owner --exit-on-error --single-transaction '" + kept + ".dump'",
                        "log verify",
                        "rm -r '" + kept + "' '" + kept + ".dump'");
        assertThat(former).isDirectory();
    }

    @Test
    void takesNoDatabaseOfALaterRelease() throws IOException {
        // Given
        database(HERE + 1);

        // When
        var said = CommandHere.run("db", "upgrade", "--data.dir=" + data);
        Files.delete(data.resolve("postgres/data-" + (HERE + 1) + "/PG_VERSION"));
        var unknown = CommandHere.run("db", "upgrade", "--data.dir=" + data);

        // Then
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.words()).contains("a newer release has made it").doesNotContain("pg_dump");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.words()).contains("PG_VERSION says no version");
    }
}
