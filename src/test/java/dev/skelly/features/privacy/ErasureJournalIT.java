package dev.skelly.features.privacy;

import static dev.skelly.crypto.EncryptionFixture.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.crypto.EncryptionFixture;
import dev.skelly.crypto.ParcelEvent;
import dev.skelly.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test E-42: a key that an older backup brings back opens nothing for long, and who was erased is known outside the database. */
class ErasureJournalIT {

    private static final Set<String> TYPES = Set.of("parcel.receiver-gone");

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path folder;

    private final UUID ada = UUID.randomUUID();
    private EncryptionFixture feature;
    private ErasureJournal book;

    @BeforeEach
    void open() {
        feature = new EncryptionFixture();
        book = new ErasureJournal(folder.resolve("outside").resolve("erased"));
    }

    @AfterEach
    void close() {
        feature.close();
    }

    private void noting() {
        Waiting.on(new ErasureRecorder(feature.database.vertx(), book, TYPES).round(feature.database.pool()));
    }

    private void erase(UUID... people) {
        for (var person : people) {
            feature.append(new ParcelEvent.Gone(person));
            feature.erase(person);
        }
        feature.stamp();
    }

    private String streets() {
        return Waiting.on(feature.decryptor(OLD).open(feature.stamped())).toString();
    }

    @Test
    void aKeyThatIsPutBackIsDestroyedAgain() {
        // Given
        feature.append(new ParcelEvent.Sent(ada, 5, "Elm Street 1", null));
        feature.append(new ParcelEvent.Sent(UUID.randomUUID(), 5, "Oak Street 2", null));
        feature.database.execute("create table backup as select * from subject_key");
        erase(ada);
        assertThat(streets()).doesNotContain("Elm Street");

        // When
        feature.database.execute("delete from subject_key");
        feature.database.execute("insert into subject_key select * from backup");
        assertThat(streets()).as("the danger is real").contains("Elm Street");
        Waiting.on(new SubjectKeyDestruction(TYPES).round(feature.database.pool()));

        // Then
        assertThat(streets()).doesNotContain("Elm Street").contains("Oak Street");
        assertThat(feature.walk().broken()).isEmpty();
    }

    @Test
    void aKeyThatIsPutBackTogetherWithTheWholeLogIsDestroyedByTheBook() {
        // Given
        feature.append(new ParcelEvent.Sent(ada, 5, "Elm Street 1", null));
        feature.stamp();
        feature.database.execute("create table backup as select * from subject_key");
        erase(ada);
        noting();

        // When: the log of the backup does not know of it
        feature.database.execute("delete from event where type = 'parcel.receiver-gone'");
        feature.database.execute("delete from subject_key");
        feature.database.execute("insert into subject_key select * from backup");
        Waiting.on(new SubjectKeyDestruction(TYPES).round(feature.database.pool()));
        assertThat(streets()).as("the log alone does not help").contains("Elm Street");

        // Then
        assertThat(Waiting.on(ErasureTable.shred(feature.database.pool(), book.accounts())))
                .isEqualTo(1);
        assertThat(streets()).doesNotContain("Elm Street");
    }

    @Test
    void notesEachErasureOnceWhoeverLeads() {
        // Given
        var people = IntStream.range(0, 3).mapToObj(n -> UUID.randomUUID()).toArray(UUID[]::new);
        noting();
        assertThat(book.accounts()).isEmpty();

        // When
        erase(people[0]);
        noting();
        noting();
        erase(people[1], people[2]);
        var notes = new ErasureRecorder(feature.database.vertx(), book, TYPES);
        Waiting.on(notes.round(feature.database.pool()));
        Waiting.on(notes.round(feature.database.pool()));

        // Then
        assertThat(book.all()).extracting(ErasureJournal.Noted::account).containsExactly(people);
    }

    @Test
    void notesErasuresOfALogThatWasSetBackToo() {
        // Given
        var notes = new ErasureRecorder(feature.database.vertx(), book, TYPES);
        var before = UUID.randomUUID();
        erase(before, ada);
        Waiting.on(notes.round(feature.database.pool()));

        // When: another is erased where ada was before
        feature.database.execute("delete from event where subject = 'user:" + ada + "'");
        var other = UUID.randomUUID();
        Waiting.on(notes.round(feature.database.pool()));
        erase(other);
        Waiting.on(notes.round(feature.database.pool()));

        // Then
        assertThat(book.all()).extracting(ErasureJournal.Noted::account).containsExactly(before, ada, other);
    }

    @Test
    void aBookThatCannotBeReadIsNoEmptyBook() throws IOException {
        var file = Files.writeString(folder.resolve("torn"), "0000000000000001 7 not-an-account\n");

        assertThatThrownBy(() -> new ErasureJournal(file).accounts())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not-an-account");
    }
}
