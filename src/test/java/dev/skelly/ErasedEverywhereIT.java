package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.access.FeatureLines;
import dev.skelly.access.PersonalTables;
import dev.skelly.logging.Logging;
import dev.skelly.logging.LoggingConfig;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two people who left all the traces that one can leave are erased, one by themselves, one by the administrator, and then searched for, byte
 * by byte, in whatever the node shows and keeps (tests E-40 and E-41). Afterwards the log is whole, and one flipped bit in it is found.
 */
class ErasedEverywhereIT {

    /** In which every node is told to forget opened keys, which it would by itself after a minute. */
    private static final Path FOLDER = TemporaryFolder.make("skelly-erased");

    private static final PersonalTables TABLES = new PersonalTables(FeatureLines.read());

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static LogLines lines;

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @BeforeAll
    static void start() {
        lines = new LogLines();
        Logging.apply(new LoggingConfig(LoggingConfig.Level.DEBUG, LoggingConfig.Format.JSON));
        node = WholeNode.start(Map.of("db.url", "", "broker.url", "", "data.dir", FOLDER.toString()));
    }

    @AfterAll
    static void stop() {
        node.close();
        lines.close();
        Logging.apply(LoggingConfig.DEFAULT);
        TemporaryFolder.delete(FOLDER);
    }

    private static CommandHere.Said verify() {
        return CommandHere.run("log", "verify", "--data.dir=" + FOLDER, "--log.level=debug");
    }

    private static String exported(String... more) {
        var export = Stream.of("events", "export", "--data.dir=" + FOLDER, "--log.level=debug");
        var said = CommandHere.run(Stream.concat(export, Stream.of(more)).toArray(String[]::new));
        assertThat(said.code()).as(said.words()).isZero();
        assertThat(said.words()).contains("\"type\":\"feedback.given\"");
        return said.words();
    }

    @Test
    void leavesNoByteOfAddressOrNameAndTheLogWhole() throws IOException {
        // Given
        var kept = new KeptFiles(FOLDER);
        var ada = new Trail(node, "qzvada");
        var bob = new Trail(node, "qzvbob");
        var traces = List.of(ada.word(), bob.word());
        ada.leave();
        Logging.apply(new LoggingConfig(LoggingConfig.Level.DEBUG, LoggingConfig.Format.TEXT));
        bob.leave();
        plant(kept, ada, bob);
        await().until(() -> kept.outboxWith(traces) >= 4);
        var admin = new Onlooker(node, WholeNode.ADMIN);
        await().until(() -> admin.history().size() == kept.stamped());
        var before = admin.history();
        assertThat(admin.all())
                .as("the search is able to find")
                .allSatisfy(part -> assertThat(part).contains(traces));
        kept.takeSamples();
        var ids = List.of(ada.id(), bob.id());
        thereIsSomethingToErase(kept, traces, ids);
        assertThat(new Onlooker(node, ada.email()).export()).contains(ada.email());
        assertThat(exported("--open-sealed")).contains(traces);

        // When
        ada.eraseMyself();
        admin.erase(bob.id());
        await().until(() -> kept.outboxWith(traces) == 0 && admin.history().size() == kept.stamped());

        // Then: nothing that is shown, exported or dumped has them, and what happened is where it was
        await().untilAsserted(() -> showsNone(admin, traces));
        assertThat(admin.history()).startsWith(before.toArray(String[]::new));
        assertThat(kept.rowsWith(traces)).isEmpty();
        assertThat(leftIn(kept, traces, ids)).isEmpty();
        assertThat(kept.filesWith(traces)).as("but the database's own files").isEmpty();
        assertThat(lines.text()).contains("\"logger\":\"dev.skelly").doesNotContain(traces);
        exportsNoneAndKnowsItsExport(traces);
        wholeUntilABitIsFlipped(kept);
        noneLeftIn(kept, traces);
    }

    private static void plant(KeptFiles kept, Trail... people) {
        for (var person : people) {
            kept.plant(TABLES.plants(person.id(), person.word(), person.email()));
        }
    }

    private static void thereIsSomethingToErase(KeptFiles kept, List<String> traces, List<String> ids) {
        assertThat(kept.rowsWith(traces)).hasSizeGreaterThanOrEqualTo(6);
        await().untilAsserted(() -> assertThat(unmarked(kept, traces, ids))
                .as("tables of persons, but without a trace of one to erase: plant one")
                .isEmpty());
    }

    private static boolean impersonal(String table) {
        return TABLES.kind(table) == PersonalTables.Kind.IMPERSONAL;
    }

    /* Tables of persons that have nothing of these, so that nothing could be left there. */
    private static List<String> unmarked(KeptFiles kept, List<String> traces, List<String> ids) {
        var sought = Stream.concat(traces.stream(), ids.stream()).toList();
        return kept.tables().stream()
                .filter(table -> !impersonal(table) && TABLES.kind(table) != PersonalTables.Kind.CASCADED)
                .filter(table -> kept.rowsWith(table, sought).isEmpty())
                .toList();
    }

    /* What each table has of these persons, against its line. */
    private static List<String> leftIn(KeptFiles kept, List<String> traces, List<String> ids) {
        var sought = Stream.concat(traces.stream(), ids.stream()).toList();
        var left = new ArrayList<String>();
        for (var table : kept.tables()) {
            switch (TABLES.kind(table)) {
                case DELETED, IMPERSONAL -> kept.rowsWith(table, sought).forEach(row -> left.add(table + ": " + row));
                case EMPTIED -> kept.rowsWith(table, traces).forEach(row -> left.add(table + ": " + row));
                case CASCADED -> {
                    var other = TABLES.deletedWith(table);
                    if (TABLES.kind(other) != PersonalTables.Kind.DELETED || !kept.cascades(table, other)) {
                        left.add(table + " is not deleted with " + other);
                    }
                }
            }
        }
        return left;
    }

    private static void exportsNoneAndKnowsItsExport(List<String> traces) throws IOException {
        var opened = exported("--open-sealed");
        assertThat(opened + exported()).doesNotContain(traces);
        var file = Files.writeString(FOLDER.resolve("exported.jsonl"), opened);
        assertThat(CommandHere.run("events", "import", file.toString(), "--data.dir=" + FOLDER, "--log.level=debug")
                        .words())
                .contains("events appended: 0, there already: " + opened.lines().count() + ", faults: 0");
    }

    @Test
    void eachTableSaysWhatAnErasureDoesToIt() {
        var tables = new KeptFiles(FOLDER).tables();
        assertThat(TABLES.gaps(tables)).isEmpty();
        assertThat(TABLES.gaps(
                        Stream.concat(tables.stream(), Stream.of("diary")).toList()))
                .singleElement()
                .asString()
                .startsWith("table diary has no line: ");
        assertThat(TABLES.gaps(tables.stream()
                        .filter(table -> !table.equals("account"))
                        .toList()))
                .containsExactly("access/accounts.txt: table account is about no table");
    }

    private static void showsNone(Onlooker admin, List<String> traces) {
        assertThat(admin.all()).allSatisfy(part -> assertThat(part).doesNotContain(traces));
    }

    /* What the files of tables have of deleted rows goes when they are rewritten. */
    private static void noneLeftIn(KeptFiles kept, List<String> traces) {
        kept.rewriteTables();
        assertThat(kept.tableFilesWith(traces)).isEmpty();
    }

    private static void wholeUntilABitIsFlipped(KeptFiles kept) {
        assertThat(verify())
                .satisfies(said -> assertThat(said.code()).as(said.words()).isZero());
        var position = kept.flipABit();
        var found = verify();
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.words()).contains("broken: position " + position + " ");
        kept.flipBack();
        assertThat(verify().code()).isZero();
    }
}
