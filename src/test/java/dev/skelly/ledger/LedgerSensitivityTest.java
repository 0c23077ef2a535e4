package dev.skelly.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The checker itself is checked: an honest run is green, and each planted fault is caught under its own rule. */
class LedgerSensitivityTest {

    private static final long SEED = 20_261_101L;

    @TestFactory
    Stream<DynamicTest> plantedFaultsAreCaught() {
        return Stream.of(
                fault("lost", run -> run.removeEvent(run.someWrite())),
                fault("lost", run -> run.removeAnswer()),
                fault("unexpected", run -> run.addStranger()),
                fault("unexpected", run -> run.refuse(run.someWrite())),
                fault("duplicated", run -> run.repeat(run.someWrite())),
                fault("version", run -> run.skipVersion()),
                fault("subject order", run -> run.swapPositionsOfSubject()),
                fault("real time", run -> run.swapOperationsOfSubject()),
                fault("position", run -> run.givePositionTwice()),
                fault("position", run -> run.movePosition()),
                fault("position", run -> run.restamp()),
                fault("unstamped", run -> run.forgetStamp()),
                fault("missing", run -> run.loseReceipt()),
                fault("leaked", run -> run.leak()),
                fault("reader order", run -> run.swapReceipts()),
                fault("gap", run -> run.tellGap()),
                fault("doubled effect", run -> run.inbox.add(run.inbox.get(0))),
                fault("doubled effect", run -> run.answerTwice()),
                fault("done and dead", run -> run.dead.add(run.inbox.get(0))),
                fault("limbo", run -> run.inbox.remove(0)),
                fault(
                        "effect of nothing",
                        run -> run.inbox.add(new Books.Effect("welcome-mail", UUID.randomUUID(), true))),
                fault("count", run -> run.counts.merge("user.registered", 1L, Long::sum)),
                fault("preferences", run -> run.preferences.add(run.preferences.get(0))),
                fault("preferences", run -> run.preferences.remove(0)),
                fault("epoch", run -> run.write("stamp", 1, "a", 11)),
                fault("epoch", run -> run.goBack()),
                fault("zombie", run -> run.write("stamp", 2, "b", 11)));
    }

    private static DynamicTest fault(String rule, Consumer<MadeUpRun> plant) {
        return DynamicTest.dynamicTest(rule, () -> {
            var run = MadeUpRun.honest(new Random(SEED));
            plant.accept(run);
            assertThat(run.check().broken()).as("seed " + SEED).containsKey(rule);
        });
    }

    @Test
    void honestRunIsGreen() {
        var verdict = MadeUpRun.honest(new Random(SEED)).check();

        assertThat(verdict.green()).as(verdict.toString()).isTrue();
        assertThat(verdict.figures()).containsEntry("recovered", 1L).containsEntry("readers", 5L);
    }

    @Test
    void historySurvivesTheFile(@TempDir Path folder) {
        // Given
        var file = folder.resolve("history.jsonl");
        var op = UUID.randomUUID();
        var account = UUID.randomUUID();

        // When
        try (var recorder = new Recorder(file)) {
            recorder.invoke(op, "register", null);
            recorder.ok(op, account);
            recorder.stream("s", account, "earliest");
            recorder.connected("s", 1);
            recorder.received("s", 1, "cursor", op);
            recorder.end("s");
        }

        // Then
        var history = History.read(file);
        assertThat(history.operations().values())
                .extracting(History.Operation::ending)
                .containsExactly(History.Ending.OK);
        assertThat(history.readers().values()).singleElement().satisfies(reader -> {
            assertThat(reader.receipts()).containsExactly(new History.Receipt(1, "cursor", op));
            assertThat(reader.ended()).isTrue();
        });
    }

    @Test
    void orderOfAccountsDoesNotMatter() {
        var run = MadeUpRun.honest(new Random(SEED));
        Collections.shuffle(run.preferences, new Random(SEED));
        Collections.shuffle(run.inbox, new Random(SEED));

        assertThat(run.check().broken()).isEmpty();
    }
}
