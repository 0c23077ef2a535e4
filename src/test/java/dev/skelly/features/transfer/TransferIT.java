package dev.skelly.features.transfer;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.FieldEncryptor;
import dev.skelly.crypto.ParcelEvent;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.event.Json;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.LogTransfer;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.LaterCommands;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves the log as lines and what comes back: noted, sealed, once, and with every fault told. */
final class TransferIT {

    private static final UUID ADA = new UUID(0, 7);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final TestDatabase database = TestDatabase.fresh("audit", "privacy");
    private final FeatureFixture house = new FeatureFixture(
            database,
            clock,
            new FieldEncryptor(Optional.empty(), Json.mapper()),
            letter -> Future.failedFuture("no mail"),
            new AuditFeature(),
            TestPlatform.privacy(Optional.empty()),
            new Parcels(),
            new TransferFeature(
                    new FieldDecryptor(new LaterCommands(this::house), PrivacyConfig.DEFAULT, Json.mapper()),
                    Optional.empty()));
    private final LogTransfer desk = house.service(LogTransfer.class);

    record Send(int grams) implements Command<Void> {}

    private record Parcels() implements Feature {

        @Override
        public String name() {
            return "parcels";
        }

        @Override
        public List<Class<? extends Event>> events() {
            return List.of(ParcelEvent.class);
        }

        @Override
        public void install(FeatureRegistry registry, Platform platform) {
            registry.command(
                    "parcels.send",
                    Send.class,
                    (tx, command) -> tx.append(new ParcelEvent.Sent(ADA, command.grams(), "Elm Street 1", null)));
        }
    }

    private CommandBus house() {
        return house;
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void send(int count) {
        for (var grams = 1; grams <= count; grams++) {
            await(house.send(new Send(grams), CommandContext.fresh(new UUID(0, grams))));
        }
        assertThat(house.log()).hasSize(count);
    }

    private List<String> export(String after, boolean open) {
        var lines = new ArrayList<String>();
        await(desk.export(new LogTransfer.ExportQuery(after, List.of(), Long.MAX_VALUE, open, false), lines::add));
        return lines;
    }

    private LogTransfer.ImportResult take(List<String> lines) {
        var bytes = lines.stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
        var batches = List.of(bytes, List.<byte[]>of()).iterator();
        return await(desk.importAll(batches::next));
    }

    @Test
    void handsOutEveryEventOnceInOrderWithoutWhatIsSealedAndNotesItFirst() {
        // Given
        send(3);

        // When
        var lines = export("earliest", false);
        var rest = export(cursor(lines.get(0)), false);
        var opened = export("earliest", true);

        // Then
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("{\"specversion\":\"1.0\",\"id\":\""));
        assertThat(lines.get(2)).contains("\"grams\":3", "\"channels\":\"role:admin user:" + ADA + "\"");
        assertThat(lines.toString()).doesNotContain("Elm Street");
        assertThat(rest).isEqualTo(lines.subList(1, 3));
        assertThat(opened).hasSize(3).allMatch(line -> line.contains("Elm Street 1"));
        assertThat(
                        house.texts(
                                "select address || ' ' || (after->>'opened') from audit where act = 'log.exported' order by id"))
                .containsExactly("command-line false", "command-line false", "command-line true");
        var refused = catchThrowableOfType(Problem.class, () -> export("AAAAAAAAAAAAAAAAAAAAAA", false));
        assertThat(refused.faults().get(0).pointer()).isEqualTo("#/after");
    }

    @Test
    void handsOutATypeThatIsDeclaredNoMore() {
        // Given
        send(3);
        database.execute("update event set type = 'parcel.weighed' where subject_version = 2");
        var lines = new ArrayList<String>();
        var prefixed = new ArrayList<String>();

        // When
        await(desk.export(
                new LogTransfer.ExportQuery("earliest", List.of("parcel.weighed"), 10, false, false), lines::add));
        await(desk.export(
                new LogTransfer.ExportQuery("earliest", List.of("parcel.*"), 10, false, false), prefixed::add));
        var refused = catchThrowableOfType(
                Problem.class,
                () -> await(desk.export(
                        new LogTransfer.ExportQuery(
                                "earliest", List.of("parcel.sent", "parcel.weight"), 10, false, false),
                        lines::add)));

        // Then
        assertThat(lines).singleElement().asString().contains("\"type\":\"parcel.weighed\"");
        assertThat(prefixed).hasSize(3);
        assertThat(refused.faults().get(0).detail()).isEqualTo("parcel.weight is not an event type");
    }

    @Test
    void followsTheLogUntilItHasEnough() {
        // Given
        send(1);
        var lines = new ArrayList<String>();
        var followed =
                desk.export(new LogTransfer.ExportQuery("earliest", List.of("parcel.*"), 2, false, true), lines::add);

        // When
        await(house.send(new Send(9), CommandContext.fresh(new UUID(0, 9))));
        assertThat(house.log()).hasSize(2);

        // Then
        assertThat(await(followed)).isEqualTo(2);
        assertThat(lines.get(1)).contains("\"grams\":9");
    }

    @Test
    void takesBackWhatIsMissingOnceAndTellsEveryFaultWithItsLine() {
        // Given
        send(2);
        var known = export("earliest", true);
        var fresh = known.get(0).replace(id(known.get(0)), "0192f000-0000-7000-8000-000000000001");
        var lines = List.of(
                known.get(0),
                fresh,
                known.get(1).replace("\"grams\":2", "\"grams\":5"),
                "no json",
                "",
                fresh.replace("parcel.sent", "parcel.lost"),
                fresh.replace("role:admin", "role:guest")
                        .replace("000001\"", "000002\"")
                        .replace("\"grams\":1", "\"grams\":\"x\""),
                fresh);

        // When
        var first = take(lines);
        var again = take(List.of(known.get(0).replace("\"grams\":1", "\"grams\":10.0e-1"), fresh));

        // Then
        assertThat(first.appended()).isEqualTo(1);
        assertThat(first.repeated()).isEqualTo(1);
        assertThat(first.faults())
                .anyMatch(fault -> fault.equals("line 4: it is not a JSON object"))
                .anyMatch(fault -> fault.startsWith("line 7: channels must be of"))
                .anyMatch(fault -> fault.startsWith("line 7: data/grams"))
                .anyMatch(fault -> fault.equals("line 8: id stands on line 2, too"))
                .anyMatch(fault -> fault.equals("line 3: the log has this id with other content"))
                .hasSize(8);
        assertThat(first.faults().toString()).containsPattern("6: type is unknown, .*6: proof .*7: proof ");
        assertThat(again).isEqualTo(new LogTransfer.ImportResult(0, 2, List.of()));
        assertThat(house.log()).hasSize(3);
        assertThat(house.texts("select data::text from event")).noneMatch(data -> data.contains("Elm Street"));
        assertThat(export("earliest", true).get(2)).contains("Elm Street 1", "0192f000-0000-7000-8000-000000000001");
        assertThat(house.texts("select after->>'events' from audit where act = 'log.imported'"))
                .containsExactly("1");
    }

    @Test
    void takesTheOtherLinesWhereOneCannotBeStored() {
        // Given
        send(1);
        var line = export("earliest", true).get(0);
        var good = line.replace(id(line), "0192f000-0000-7000-8000-000000000001");

        // When
        var outcome = take(List.of(
                line.replace(id(line), "0192f000-0000-7000-8000-000000000002").replace("Elm", "\\u0000"),
                line.replace(id(line), "0192f000-0000-7000-8000-000000000003")
                        .replace("\"time\":\"2026", "\"time\":\"+999999999"),
                good));

        // Then
        assertThat(outcome.appended()).isEqualTo(1);
        assertThat(outcome.faults())
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("line 1: data/street must be text without the NUL"),
                        fault -> assertThat(fault).startsWith("line 1: proof is not of this log"),
                        fault -> assertThat(fault).startsWith("line 2: time must be"),
                        fault -> assertThat(fault).startsWith("line 2: proof is not of this log"));
    }

    @Test
    void takesNothingSensitiveThatIsAboutNobody() {
        // Given
        send(1);
        var line = export("earliest", true).get(0);
        var nobodys = line.replace(id(line), "0192f000-0000-7000-8000-000000000001")
                .replace("\"subject\":\"" + field(line, "subject"), "\"subject\":\"parcel:1")
                .replace("role:admin user:" + ADA, "role:admin");

        // When
        var outcome = take(List.of(nobodys));

        // Then
        assertThat(outcome.appended()).isZero();
        assertThat(outcome.faults())
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("line 1: subject or channels must name the one person"),
                        fault -> assertThat(fault).startsWith("line 1: proof is not of this log"));
        assertThat(house.log()).hasSize(1);
    }

    private static String id(String line) {
        return field(line, "id");
    }

    private static String cursor(String line) {
        return field(line, "cursor");
    }

    private static String field(String line, String name) {
        var begin = line.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return line.substring(begin, line.indexOf('"', begin));
    }
}
