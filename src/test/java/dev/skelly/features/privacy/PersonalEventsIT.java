package dev.skelly.features.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.StoredEvent;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log has of a person is found however long ago it was. */
class PersonalEventsIT {

    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh("privacy");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void stamp(long position, String subject, String actor, String channels) {
        database.execute(
                "insert into event (position, id, type, source, subject, subject_version, actor, correlation, time, channels,"
                        + " data) select " + position + " + n, gen_random_uuid(), 'parcel.sent', '/skelly/test', '"
                        + subject + "', 1, " + actor
                        + ", gen_random_uuid(), now(), '{" + channels + "}', '{}' from generate_series(0, "
                        + (subject.equals("thing:many") ? PersonalEventsTable.EVENTS_MAX : 0) + ") n");
    }

    private PersonalEventsTable.FoundPersonalEvent found(UUID person) {
        return Waiting.on(PersonalEventsTable.newest(database.pool(), person));
    }

    @Test
    void byWhomItHappenedToByWhoDidItAndByTheChannel() {
        stamp(1, "user:" + ADA, "null", "user:" + ADA);
        stamp(2, "cart:1", "'" + ADA + "'", "role:admin");
        stamp(3, "cart:2", "null", "role:admin,user:" + ADA);
        stamp(4, "user:" + BOB, "null", "user:" + ADA + ",user:" + BOB);
        stamp(5, "cart:3", "null", "public,role:admin");
        stamp(9_000_000, "cart:4", "null", "user:" + BOB);

        assertThat(found(ADA).events()).extracting(StoredEvent::position).containsExactly(4L, 3L, 2L, 1L);
        assertThat(found(ADA).truncated()).isFalse();
        assertThat(found(BOB).events()).extracting(StoredEvent::position).containsExactly(9_000_000L, 4L);
    }

    @Test
    void whatIsCutIsSaidToBe() {
        stamp(10, "thing:many", "null", "user:" + ADA);

        assertThat(found(ADA).events()).hasSize(PersonalEventsTable.EVENTS_MAX);
        assertThat(found(ADA).truncated()).isTrue();
    }

    @Test
    void nobodysEventsAreReadToFindThem() {
        stamp(10, "thing:many", "null", "public");
        database.execute("analyze event");

        var sql = PersonalEventsTable.NEWEST
                .replace("$1", "'user:" + ADA + "'")
                .replace("$2", "'" + ADA + "'")
                .replace("$3", "5001");
        var plan = Waiting.on(database.pool().query("explain " + sql).execute()).stream()
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
        assertThat(plan).contains("event_told", "event_subject", "event_actor").doesNotContain("Seq Scan on event");
    }
}
