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
    private EncryptionFixture room;
    private ErasureJournal book;

    @BeforeEach
    void open() {
        room = new EncryptionFixture();
        book = new ErasureJournal(folder.resolve("outside").resolve("erased"));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void noting() {
        Waiting.on(new ErasureRecorder(room.database.vertx(), book, TYPES).round(room.database.pool()));
    }

    private void erase(UUID... people) {
        for (var person : people) {
            room.append(new ParcelEvent.Gone(person));
            room.erase(person);
        }
        room.stamp();
    }

    private String streets() {
        return Waiting.on(room.opener(OLD).open(room.stamped())).toString();
    }

    @Test
    void aKeyThatIsPutBackIsDestroyedAgain() {
        // Given
        room.append(new ParcelEvent.Sent(ada, 5, "Elm Street 1", null));
        room.append(new ParcelEvent.Sent(UUID.randomUUID(), 5, "Oak Street 2", null));
        room.database.execute("create table backup as select * from subject_key");
        erase(ada);
        assertThat(streets()).doesNotContain("Elm Street");

        // When
        room.database.execute("delete from subject_key");
        room.database.execute("insert into subject_key select * from backup");
        assertThat(streets()).as("the danger is real").contains("Elm Street");
        Waiting.on(new SubjectKeyDestruction(TYPES).round(room.database.pool()));

        // Then
        assertThat(streets()).doesNotContain("Elm Street").contains("Oak Street");
        assertThat(room.walk().broken()).isEmpty();
    }

    @Test
    void aKeyThatIsPutBackTogetherWithTheWholeLogIsDestroyedByTheBook() {
        // Given
        room.append(new ParcelEvent.Sent(ada, 5, "Elm Street 1", null));
        room.stamp();
        room.database.execute("create table backup as select * from subject_key");
        erase(ada);
        noting();

        // When: the log of the backup does not know of it
        room.database.execute("delete from event where type = 'parcel.receiver-gone'");
        room.database.execute("delete from subject_key");
        room.database.execute("insert into subject_key select * from backup");
        Waiting.on(new SubjectKeyDestruction(TYPES).round(room.database.pool()));
        assertThat(streets()).as("the log alone does not help").contains("Elm Street");

        // Then
        assertThat(Waiting.on(PrivacyFeature.shred(room.database.pool(), book.accounts())))
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
        var notes = new ErasureRecorder(room.database.vertx(), book, TYPES);
        Waiting.on(notes.round(room.database.pool()));
        Waiting.on(notes.round(room.database.pool()));

        // Then
        assertThat(book.all()).extracting(ErasureJournal.Noted::account).containsExactly(people);
    }

    @Test
    void notesErasuresOfALogThatWasSetBackToo() {
        // Given
        var notes = new ErasureRecorder(room.database.vertx(), book, TYPES);
        var before = UUID.randomUUID();
        erase(before, ada);
        Waiting.on(notes.round(room.database.pool()));

        // When: another is erased where ada was before
        room.database.execute("delete from event where subject = 'user:" + ada + "'");
        var other = UUID.randomUUID();
        Waiting.on(notes.round(room.database.pool()));
        erase(other);
        Waiting.on(notes.round(room.database.pool()));

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
