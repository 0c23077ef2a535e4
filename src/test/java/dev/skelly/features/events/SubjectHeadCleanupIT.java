package dev.skelly.features.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.AppendResult;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.worker.ProcessingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Heads of the subjects of outcomes go a while after their last event; versions go on as if they were there. */
class SubjectHeadCleanupIT {

    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant YOUNG = Instant.parse("2026-03-01T00:00:00Z");
    private static final EventTypeRegistry TYPES = EventTypeRegistry.of(
            Map.of("/skelly/work", List.of(ProcessingEvent.class), "/skelly/lamps", List.of(LampEvent.class)));
    private static final UUID EMITTER = UUID.randomUUID();

    private final MovableClock clock = new MovableClock(YOUNG);
    private final TestDatabase database = TestDatabase.fresh("work");
    private final CommandContext cause = CommandContext.fresh(UUID.randomUUID());
    private final EventLog log = new EventLog(
            database.pool(), () -> TYPES, Json.mapper(), clock, UuidCreator::getTimeOrderedEpoch, seq -> {});

    @AfterEach
    void close() {
        database.close();
    }

    private static NewEvent draft(String type, String subject, Instant time) {
        return new NewEvent(
                UUID.randomUUID(),
                null,
                TYPES.named(type).orElseThrow(),
                subject,
                type.equals("lamp.lit") ? List.of("public") : List.of("user:" + EMITTER),
                "{}",
                CommandContext.fresh(UUID.randomUUID()),
                time);
    }

    private void outcomes(int number, Instant time) {
        append(Stream.generate(() -> draft("event.processed", "event:" + UUID.randomUUID(), time))
                .limit(number)
                .toList());
    }

    private void append(List<NewEvent> drafts) {
        assertThat(Waiting.on(log.single(cause, tx -> tx.append(drafts))).value())
                .allMatch(result -> result.fate() == AppendResult.Fate.APPENDED);
    }

    private void stamp() {
        assertThat(Waiting.on(database.pool()
                                .query("select * from stamp_events(0, 0, 100000, 100000000)")
                                .execute())
                        .size())
                .isPositive();
    }

    private long number(String query) {
        return Waiting.on(database.pool().query(query).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void onlyHeadsThatNothingNeedsGo() {
        // Given
        outcomes(6_000, OLD);
        outcomes(3, YOUNG);
        var again = "event:" + UUID.randomUUID();
        append(List.of(draft("event.failed", again, OLD)));
        append(List.of(draft("lamp.lit", "lamp:1", OLD)));
        stamp();
        append(List.of(draft("event.processed", again, OLD))); // Has no position yet.
        var before = number("select count(*) from subject_head");

        // When
        var sweep = new SubjectHeadCleanup(EventsConfig.DEFAULT, clock);
        Waiting.on(sweep.round(database.pool()));
        var after = number("select count(*) from subject_head");

        // Then
        System.out.println("{\"subjectHeads\":{\"before\":" + before + ",\"after\":" + after + "}}");
        assertThat(before).isEqualTo(6_005);
        assertThat(after).isEqualTo(5);
        assertThat(number("select count(*) from subject_head where subject in ('lamp:1', '" + again + "')"))
                .isEqualTo(2);
    }

    @Test
    void completeBlocksOfTheLogGetARowOnce() {
        // Given
        outcomes(1_500, OLD);
        outcomes(700, YOUNG);
        stamp();
        outcomes(900, YOUNG); // Have no position yet.

        // When
        var writing = new EventBlockWriting();
        Waiting.on(writing.round(database.pool()).compose(done -> writing.round(database.pool())));

        // Then
        assertThat(number("select count(*) from event_block")).isEqualTo(2);
        assertThat(number("select count(*) from event_block where up_to = 2000 and earliest = '" + OLD
                        + "' and latest = '" + YOUNG + "' and types = '{event.processed}' and event_mark('user:"
                        + EMITTER + "') = any (marks)"))
                .isEqualTo(1);
    }

    @Test
    void versionsGoOnWithoutTheHead() {
        // Given
        var event = UUID.randomUUID();
        var subject = "event:" + event;
        append(List.of(draft("event.failed", subject, OLD), draft("event.failed", subject, OLD)));
        stamp();
        Waiting.on(new SubjectHeadCleanup(EventsConfig.DEFAULT, clock).round(database.pool()));
        assertThat(number("select count(*) from subject_head")).isZero();

        // When
        Waiting.on(log.transact(cause, tx -> tx.append(new ProcessingEvent.Processed(event, "cart.left", EMITTER))));
        append(List.of(draft("event.failed", subject, OLD), draft("event.failed", subject, OLD)));
        stamp();
        Waiting.on(new SubjectHeadCleanup(EventsConfig.DEFAULT, clock).round(database.pool()));
        var heads = number("select count(*) from subject_head");

        // Then
        assertThat(heads).as("the newest event is old again").isZero();
        assertThat(number("select count(distinct subject_version) from event")).isEqualTo(5);
        assertThat(number("select max(subject_version) from event")).isEqualTo(5);
        assertThat(Waiting.failure(log.transact(
                        cause, tx -> tx.append(new ProcessingEvent.Processed(event, "cart.left", EMITTER), 0))))
                .hasMessageContaining("event:");
    }
}
