package dev.skelly.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogIT {

    private final CommandContext cause =
            new CommandContext(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "00-a-b-01");
    private final List<Long> hints = new ArrayList<>();
    private TestDatabase database;
    private EventLog log;
    private LogReader reader;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        log = new EventLog(
                database.pool(),
                LampEvent.eventTypes(),
                Json.mapper(),
                Clock.systemUTC(),
                UuidCreator::getTimeOrderedEpoch,
                hints::add);
        reader = new LogReader(database.pool());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void readsBackWhatWasAppendedOnceItIsStamped() {
        // Given
        append(new LampEvent.Lit("1", 40));

        // When
        assertThat(page(0).events()).isEmpty();
        stamp();

        // Then
        var event = only(page(0));
        assertThat(event.position()).isEqualTo(1);
        assertThat(event.type()).isEqualTo("lamp.lit");
        assertThat(event.source()).isEqualTo("/skelly/lamps");
        assertThat(event.subject()).isEqualTo("lamp:1");
        assertThat(event.subjectVersion()).isEqualTo(1);
        assertThat(event.channels()).containsExactly("public");
        assertThat(event.data()).isEqualTo("{\"lamp\": \"1\", \"watts\": 40}");
        assertThat(CommandContext.of(event))
                .isEqualTo(new CommandContext(cause.correlation(), event.id(), cause.actor(), cause.traceparent()));
        assertThat(event.causation()).isEqualTo(cause.causation());
        assertThat(Waiting.on(reader.byId(event.id()))).contains(event);
    }

    @Test
    void aSingleStatementCommitsByItself() {
        // Given
        var drafts =
                Stream.of("{\"watts\": 1}", "{\"watts\": 2}").map(this::draft).toList();

        // When
        var committed = Waiting.on(log.single(cause, tx -> tx.append(drafts)));

        // Then
        stamp();
        assertThat(page(0).events())
                .extracting(StoredEvent::id)
                .containsExactly(drafts.get(0).id(), drafts.get(1).id());
        assertThat(hints).containsExactly(committed.lastWrite().orElseThrow());
    }

    @Test
    void ofASingleStatementThatFailsNothingIsLeft() {
        // Given
        var drafts = Stream.of("{\"watts\": 1}", "no JSON").map(this::draft).toList();

        // When
        var failure = Waiting.failure(log.single(cause, tx -> tx.append(drafts)));

        // Then
        assertThat(failure).isInstanceOf(PgException.class);
        assertThat(count("select count(*) from event")).isZero();
        assertThat(count("select count(*) from subject_head")).isZero();
        assertThat(hints).isEmpty();
    }

    private NewEvent draft(String data) {
        var type = LampEvent.eventTypes().named("lamp.lit").orElseThrow();
        return new NewEvent(UUID.randomUUID(), null, type, "lamp:1", List.of("public"), data, cause, Instant.EPOCH);
    }

    @Test
    void leavesNeitherRowNorEventNorHintWhenTheBlockFails() {
        // Given
        database.execute("create table lamp (id text)");

        // When
        var failure = Waiting.failure(log.transact(
                cause,
                tx -> tx.sql()
                        .query("insert into lamp values ('1')")
                        .execute()
                        .compose(done -> tx.append(new LampEvent.Lit("1", 40)))
                        .compose(done -> Future.failedFuture("no"))));

        // Then
        assertThat(failure).hasMessage("no");
        stamp();
        assertThat(page(0).events()).isEmpty();
        assertThat(count("select count(*) from lamp")).isZero();
        assertThat(hints).isEmpty();
    }

    @Test
    void hintsTheLastWriteAfterTheCommit() {
        var committed = Waiting.on(log.transact(
                cause,
                tx -> tx.append(new LampEvent.Lit("1", 40))
                        .compose(done -> tx.append(new LampEvent.Lit("2", 40)))
                        .map("answer")));

        assertThat(committed.value()).isEqualTo("answer");
        assertThat(hints).containsExactly(committed.lastWrite().orElseThrow());
        stamp();
        assertThat(Waiting.on(reader.positionOf(committed.lastWrite().orElseThrow())))
                .hasValue(2);
    }

    @Test
    void refusesAnAppendThatExpectedAnotherVersion() {
        append(new LampEvent.Lit("1", 40));

        assertThat(Waiting.failure(expecting(0))).isInstanceOf(StaleVersionException.class);
        assertThat(Waiting.failure(expecting(2))).isInstanceOf(StaleVersionException.class);
        Waiting.on(expecting(1));
        assertThat(Waiting.failure(expecting(1)))
                .isInstanceOf(StaleVersionException.class)
                .hasMessage("subject lamp:1 is no longer at version 1");

        stamp();
        assertThat(page(0).events()).extracting(StoredEvent::subjectVersion).containsExactly(1L, 2L);
    }

    @Test
    void acceptsAFirstAppendThatExpectedNothing() {
        Waiting.on(expecting(0));

        stamp();
        assertThat(only(page(0)).subjectVersion()).isEqualTo(1);
    }

    @Test
    void showsAReaderOnlyItsChannelsAndTypesButLooksAtEverything() {
        // Given
        append(new LampEvent.Lit("1", 40));
        append(new LampEvent.Failed("1", "broken"));
        append(new LampEvent.Lit("1", 60));
        stamp();

        // When
        var visible = Waiting.on(reader.page(0, List.of("public"), null, 10));
        var failures = Waiting.on(reader.page(0, null, List.of("lamp.failed"), 10));
        var first = Waiting.on(reader.page(0, null, null, 1));

        // Then
        assertThat(visible.events()).extracting(StoredEvent::position).containsExactly(1L, 3L);
        assertThat(failures.events()).extracting(StoredEvent::position).containsExactly(2L);
        assertThat(failures.upTo()).isEqualTo(3);
        assertThat(failures.last()).isTrue();
        assertThat(first.upTo()).isEqualTo(1);
        assertThat(first.last()).isFalse();
    }

    @Test
    void givesPositionsOnlyToTheHolderOfTheLease() {
        append(new LampEvent.Lit("1", 40));

        var failure = Waiting.failure(database.pool()
                .preparedQuery("select * from stamp_events($1, 0, $2, 1000000)")
                .execute(Tuple.of(7L, 10)));

        assertThat(failure).hasMessageContaining("SK001");
        assertThat(Waiting.on(reader.head())).isZero();
    }

    @Test
    void keepsItsIdentityAndReadsItsOwnCursors() {
        var cursors = Waiting.on(CursorCodec.load(database.pool()));
        var again = Waiting.on(CursorCodec.load(database.pool()));

        assertThat(again.read(cursors.position(5))).contains(new Cursor.Position(5));
    }

    private void append(LampEvent event) {
        Waiting.on(log.transact(cause, tx -> tx.append(event)));
    }

    private Future<CommitResult<Void>> expecting(long version) {
        return log.transact(cause, tx -> tx.append(new LampEvent.Lit("1", 25), version));
    }

    private void stamp() {
        Waiting.on(database.pool()
                .query("select * from stamp_events(0, 0, 1000, 1000000)")
                .execute());
    }

    private EventPage page(long after) {
        return Waiting.on(reader.page(after, null, null, 100));
    }

    private static StoredEvent only(EventPage page) {
        assertThat(page.events()).hasSize(1);
        return page.events().get(0);
    }

    private long count(String query) {
        return Waiting.on(database.pool().query(query).execute())
                .iterator()
                .next()
                .getLong(0);
    }
}
