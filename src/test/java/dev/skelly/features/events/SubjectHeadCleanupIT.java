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
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.worker.ProcessingEvent;
import java.time.Duration;
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
    private static final int OUTCOMES = Torture.ON ? 1_000_000 : 6_000;
    private static final int AT_ONCE = 2_000;
    private static final int SWEPT_IN_A_ROUND = 400_000; // At least.

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
        for (var left = number; left > 0; left -= AT_ONCE) {
            append(Stream.generate(() -> draft("event.processed", "event:" + UUID.randomUUID(), time))
                    .limit(Math.min(left, AT_ONCE))
                    .toList());
        }
    }

    private void append(List<NewEvent> drafts) {
        assertThat(Waiting.on(log.single(cause, tx -> tx.append(drafts))).value())
                .allMatch(result -> result.fate() == AppendResult.Fate.APPENDED);
    }

    private void stamp() {
        do {
            assertThat(Waiting.on(database.pool()
                                    .query("select * from stamp_events(0, 0, 10000, 100000000)")
                                    .execute())
                            .size())
                    .isPositive();
        } while (number("select count(*) from (select from event where position is null limit 1) unstamped") > 0);
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
        outcomes(OUTCOMES, OLD);
        outcomes(3, YOUNG);
        var again = "event:" + UUID.randomUUID();
        append(List.of(draft("event.failed", again, OLD)));
        append(List.of(draft("lamp.lit", "lamp:1", OLD)));
        stamp();
        append(List.of(draft("event.processed", again, OLD))); // Has no position yet.
        var before = number("select count(*) from subject_head");

        // When
        var sweep = new SubjectHeadCleanup(EventsConfig.DEFAULT, clock);
        var started = System.nanoTime();
        for (var swept = 0; swept < OUTCOMES; swept += SWEPT_IN_A_ROUND) {
            Waiting.on(sweep.round(database.pool()));
        }
        var millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        var after = number("select count(*) from subject_head");

        // Then
        System.out.println(
                "{\"subjectHeads\":{\"before\":" + before + ",\"after\":" + after + ",\"millis\":" + millis + "}}");
        assertThat(before).isEqualTo(OUTCOMES + 5);
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
