package dev.skelly.worker;

import static dev.skelly.worker.GroupStage.lamp;
import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that cannot be handled cost the others of their group nothing. */
class GroupPoisonIT {

    private static final Duration CLAIM = Duration.ofSeconds(5);

    private GroupStage stage;

    @BeforeEach
    void open() {
        stage = new GroupStage(true);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void givesPoisonItsAttemptsAndEveryOtherEventOne(boolean commandsOnly) {
        // Given
        stage.handOver(600);

        // When
        stage.work(GroupStage.config(CLAIM, MINUTE, SOON, SOON), commandsOnly, GroupPoisonIT::poisoned);

        // Then
        stage.doneOnce(588, 12);
        var calls = stage.fixture().deliveries().stream()
                .collect(Collectors.groupingBy(GroupStage::lamp, Collectors.counting()));
        assertThat(calls)
                .hasSize(600)
                .allSatisfy((lamp, count) ->
                        assertThat(count).as("calls for lamp %d", lamp).isEqualTo(lamp % 50 == 7 ? 3 : 1));
        assertThat(stage.number("select count(*) from dead_letter where jsonb_array_length(attempts) = 3"))
                .isEqualTo(12);
        assertThat(errors("java.lang.IllegalStateException") + errors("io.vertx.pgclient.PgException"))
                .isEqualTo(36);
        assertThat(errors("java.lang.IllegalStateException")).isEqualTo(18);
    }

    private static Future<WorkResult> poisoned(EventDelivery delivery) {
        return switch (lamp(delivery) % 100) {
            case 7 -> throw new IllegalStateException("poison");
            case 57 -> Future.succeededFuture(WorkResult.done(new LampFeature.NoteAndBreak(delivery.id())));
            default -> LampFeature.noted(delivery);
        };
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void letsNoEventWaitForOneThatHangs(boolean commandsOnly) {
        // Given
        stage.handOver(100);

        // When
        stage.work(
                GroupStage.config(CLAIM, Duration.ofSeconds(3), SOON),
                commandsOnly,
                delivery -> lamp(delivery) == 7 ? Promise.<WorkResult>promise().future() : LampFeature.noted(delivery));

        // Then
        await().until(() -> stage.number("select count(*) from work_done") == 99);
        assertThat(stage.fixture().deliveries()).as("calls before any timeout").hasSize(100);
        assertThat(stage.number("select count(*) from inbox where errors <> '[]'"))
                .isZero();
        stage.doneOnce(99, 1);
        assertThat(stage.fixture().deliveries()).hasSize(101);
        assertThat(errors("timeout")).isEqualTo(2);
    }

    private long errors(String error) {
        return stage.number(
                "select count(*) from dead_letter, jsonb_array_elements(attempts) one where one->>'error' = '" + error
                        + "'");
    }
}
