package dev.skelly.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.CommandHere;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.HashChainVerifier;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.RetentionPeriods;
import dev.skelly.eventlog.StoredRetentionTable;
import dev.skelly.eventlog.UndeclaredTypeTable;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.features.privacy.RetentionCleanup;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionIT {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final RetentionPeriods retentions = new RetentionPeriods(ParcelEvent.eventTypes(), clock);
    private final RetentionCleanup sweep = new RetentionCleanup(retentions, PrivacyConfig.DEFAULT);
    private TestDatabase database;
    private EventLog log;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh("privacy");
        log = new EventLog(
                database.pool(),
                ParcelEvent.eventTypes(),
                Json.mapper(),
                clock,
                UuidCreator::getTimeOrderedEpoch,
                new FieldEncryptor(Optional.empty(), Json.mapper()),
                seq -> {});
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void emptiesWhatIsOldEnoughAndKeepsTheChainWhole() {
        // Given
        append();
        clock.pass(Duration.ofDays(20));
        append();
        clock.pass(Duration.ofDays(11));

        // When
        Waiting.on(sweep.round(database.pool()));

        // Then
        var all = stamped();
        assertThat(all)
                .extracting(StoredEvent::type)
                .containsExactly("parcel.sent", "parcel.scanned", "parcel.sent", "parcel.scanned");
        assertThat(all.get(1).data()).isEqualTo("{}");
        assertThat(all.get(1).sealed()).isNull();
        assertThat(List.of(all.get(0), all.get(2), all.get(3)))
                .allMatch(event -> event.sealed() != null && event.data().length() > 2);
        assertThat(walk(retentions)).isEqualTo(new VerificationReport(1, 4, 4, 1, Optional.empty()));
        assertThat(walk((type, time) -> false).broken()).isPresent();
    }

    @Test
    void aTypeThatIsDeclaredNoMoreKeepsItsRetention() {
        // Given
        append();
        Waiting.on(sweep.round(database.pool()));
        var others = new RetentionPeriods(LampEvent.eventTypes(), clock);

        // When
        clock.pass(Duration.ofDays(31));
        Waiting.on(new RetentionCleanup(others, PrivacyConfig.DEFAULT).round(database.pool()));
        var stored = Waiting.on(StoredRetentionTable.all(database.pool()));
        var gone = Waiting.on(UndeclaredTypeTable.find(database.pool(), List.of("lamp.lit", "parcel.sent"), 10));

        // Then
        assertThat(stamped()).filteredOn(event -> event.data().equals("{}")).hasSize(1);
        assertThat(stored)
                .extracting(StoredRetentionTable.StoredRetention::type)
                .containsExactly("parcel.scanned");
        assertThat(walk(others.and(stored)).broken()).isEmpty();
        assertThat(walk(others).broken()).isPresent();
        assertThat(gone)
                .containsExactly(new UndeclaredTypeTable.UndeclaredType(
                        "parcel.scanned", 1, Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void theCheckOfDeclarationsNamesTypesThatOnlyTheLogHolds(@TempDir Path folder) {
        // Given
        append();
        append();
        assertThat(stamped()).hasSize(4);

        // When
        var checked = CommandHere.over(database.address(), folder, "events", "check");
        var alone = CommandHere.run("events", "check", "--data.dir=" + folder.resolve("absent"));
        var unreachable = CommandHere.run("events", "check", "--db.url=postgresql://127.0.0.1:1/skelly");

        // Then
        var warning = "warning: the log holds events of a type that is not declared: ";
        assertThat(checked.code()).as(checked.words()).isZero();
        assertThat(checked.words().lines().filter(line -> line.startsWith("warning")))
                .containsExactly(
                        warning + "parcel.scanned, events: 2, newest: 2026-01-01T00:00:00Z",
                        warning + "parcel.sent, events: 2, newest: 2026-01-01T00:00:00Z");
        assertThat(alone.code()).as(alone.words()).isZero();
        assertThat(alone.words()).contains("the event types are as expected: ").doesNotContain("warning");
        assertThat(folder.resolve("absent")).doesNotExist();
        assertThat(unreachable.code()).as(unreachable.words()).isZero();
        assertThat(unreachable.words()).containsOnlyOnce("warning: the log cannot be read");
    }

    @Test
    void goesOnWhereItWasOnceMoreTimeIsOver() {
        // Given
        append();
        clock.pass(Duration.ofDays(31));
        append();
        Waiting.on(sweep.round(database.pool()));

        // When
        clock.pass(Duration.ofDays(31));
        Waiting.on(sweep.round(database.pool()));
        Waiting.on(sweep.round(database.pool()));

        // Then
        assertThat(stamped()).filteredOn(event -> event.data().equals("{}")).hasSize(2);
        assertThat(walk(retentions).emptied()).isEqualTo(2);
    }

    @Test
    void emptiesWhatLiesBehindAnEventThatIsToBeKept() {
        // Given: the first comes from a node whose clock is a year ahead, and there are more of them than a round looks
        // at beyond it
        fill(1, "now() + interval '1 year'");
        fill(30_000, "'2001-01-01'");
        stamp();

        // When
        Waiting.on(sweep.round(database.pool()));
        var once = walk(retentions);
        Waiting.on(sweep.round(database.pool()));

        // Then
        assertThat(once.broken()).isEmpty();
        assertThat(once.emptied()).isBetween(15_000L, 29_999L);
        assertThat(walk(retentions)).isEqualTo(new VerificationReport(1, 30_001, 30_001, 30_000, Optional.empty()));
        assertThat(stamped().get(0).data()).isNotEqualTo("{}");

        // When: its time comes, and that of one that was appended behind all of them meanwhile
        fill(1, "'2026-01-01'");
        stamp();
        clock.pass(Duration.ofDays(365_000));
        Waiting.on(sweep.round(database.pool()));
        assertThat(walk(retentions).emptied()).isEqualTo(30_002);
    }

    private void fill(int events, String time) {
        database.execute(
                "insert into event (id, type, source, subject, subject_version, correlation, time, channels, data)"
                        + " select gen_random_uuid(), 'parcel.scanned', 's', 'p:' || n, 1, gen_random_uuid(), " + time
                        + ", array['role:admin'], '{\"parcel\": \"p\"}' from generate_series(1, " + events + ") n");
    }

    @Test
    void walksMoreThanAStepInARound() {
        // Given
        database.execute(
                "insert into event (id, type, source, subject, subject_version, correlation, time, channels, data)"
                        + " select gen_random_uuid(), 'parcel.' || (array['scanned', 'sent'])[1 + n % 2], 's', 'p:' || n, 1,"
                        + " gen_random_uuid(), '2001-01-01', array['role:admin'], '{\"parcel\": \"p\"}' from generate_series(1, 12000) n");
        stamp();

        // When
        Waiting.on(sweep.round(database.pool()));

        // Then
        var walked = walk(retentions);
        assertThat(walked.broken()).isEmpty();
        assertThat(walked.emptied()).isEqualTo(6_000);
    }

    private void append() {
        var person = UUID.randomUUID();
        var cause = CommandContext.fresh(UUID.randomUUID());
        Waiting.on(log.transact(cause, tx -> tx.append(new ParcelEvent.Sent(person, 5, "Elm Street 1", null))));
        Waiting.on(log.transact(cause, tx -> tx.append(new ParcelEvent.Scanned(person, "p1", "scribble"))));
        stamp();
    }

    private void stamp() {
        database.execute("select count(*) from stamp_events(0, 0, 100000, 100000000)");
    }

    private List<StoredEvent> stamped() {
        return Waiting.on(new LogReader(database.pool()).page(0, null, null, 1_000))
                .events();
    }

    private VerificationReport walk(HashChainVerifier.RetentionTime retention) {
        var address = database.address();
        return new HashChainVerifier(address.jdbcUrl(), address.user(), address.password(), retention)
                .walk(1, Long.MAX_VALUE, List.of());
    }
}
