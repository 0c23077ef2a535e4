package dev.skelly.worker;

import static dev.skelly.worker.GroupStage.QUEUE;
import static dev.skelly.worker.GroupStage.WINDOW;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.feature.EventDelivery;
import dev.skelly.testing.TestQueue;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages come more than once. */
class GroupRepetitionIT {

    private static final int EVENTS_KNOWN = 40;
    private static final int BEYOND = 36; // Behind the window.

    /* The worker is done with every second event. */
    private static final String KNOWN = "insert into work_done (worker, position)"
            + " select number_of_worker('lighter'), position from event where position % 2 = 0";

    /* The first claims fail when they commit. */
    private static final String CLAIMS_FAIL = """
            create sequence claim;
            create function fail_first() returns trigger language plpgsql as $$
            begin
              if nextval('claim') <= 2 then
                raise exception 'the connection is lost';
              end if;
              return null;
            end
            $$;
            create constraint trigger fail_first after insert on work_group deferrable initially deferred
              for each row execute function fail_first();
            """;

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void twoNodesHaveOneEffectOfEachEventThatIsDeliveredTwice(boolean commandsOnly) {
        try (var stage = new GroupStage(false)) {
            // Given
            stage.light(2_000);
            var twice = new ArrayList<AmqpMessage>();
            for (var event : stage.events()) {
                twice.add(stage.fixture().delivered(event));
                twice.add(stage.fixture().delivered(event));
            }
            try (var queue = stage.fixture().queue(QUEUE)) {
                queue.sendAll(twice);
            }

            // When
            stage.work(commandsOnly, LampFeature::noted);
            stage.work(commandsOnly, LampFeature::noted);

            // Then
            stage.doneOnce(2_000, 0);
            var handled = stage.fixture().deliveries();
            assertThat(handled).allMatch(delivery -> delivery.attempt() == 1);
            assertThat(handled.stream().map(EventDelivery::id).distinct()).hasSize(2_000);
            if (!commandsOnly) {
                assertThat(handled).as("calls for claimed events").hasSize(2_000);
            }
        }
    }

    @Test
    void settlesWhatIsKnownAlthoughTheClaimOfTheOthersFailsAtFirst() {
        try (var stage = new GroupStage(false)) {
            // Given
            stage.light(EVENTS_KNOWN);
            stage.fixture().database().execute(KNOWN);
            stage.fixture().database().execute(CLAIMS_FAIL);
            try (var queue = stage.fixture().queue(QUEUE)) {
                queue.sendAll(
                        stage.events().stream().map(stage.fixture()::delivered).toList());
            }

            // When
            stage.work(false, LampFeature::noted);

            // Then
            await().until(() -> stage.number("select count(*) from work_done") == EVENTS_KNOWN);
            await().until(() -> stage.fixture().broker().messages(QUEUE) == 0);
            assertThat(stage.fixture().effects()).isEqualTo(EVENTS_KNOWN / 2);
        }
    }

    /* Artemis closes the receiver of a lost connection as failed or as ended, whichever comes first: then it counts, or does not. */
    @Test
    void theBrokerCountsOneDeliveryOrNoneOfWhatAKilledNodeHeld() {
        try (var stage = new GroupStage(true)) {
            // Given
            stage.handOver(WINDOW + BEYOND);
            var node = stage.process(false, true);
            await().until(() -> stage.fixture().broker().delivering(QUEUE) == WINDOW);

            // When
            node.kill();

            // Then
            await().until(() -> stage.fixture().broker().delivering(QUEUE) == 0);
            try (var queue = stage.fixture().queue(QUEUE).receive()) {
                await().until(() -> queue.received().size() == WINDOW + BEYOND);
                var counts = messagesByCount(queue);
                System.out.println("{\"test\":\"deliveries that the broker counts\",\"messages\":" + counts + "}");
                assertThat(counts).isIn(Map.of(0, WINDOW + BEYOND), Map.of(0, BEYOND, 1, WINDOW));
            }
        }
    }

    /* Returns how many messages came with which count of earlier deliveries. */
    private static Map<Integer, Integer> messagesByCount(TestQueue queue) {
        return queue.received().stream()
                .collect(Collectors.groupingBy(AmqpMessage::deliveryCount, Collectors.summingInt(each -> 1)));
    }

    @Test
    void anEventThatIsClaimedLeavesTheBrokerWithItsNextDelivery() {
        try (var stage = new GroupStage(true)) {
            // Given
            stage.handOver(10);
            try (var queue = stage.fixture().queue(QUEUE)) {
                queue.fail(10);
            }
            var node = stage.process(true, true);
            stage.awaitClaimed();
            node.kill();
            stage.awaitQuiet();
            var claimed = (int) stage.claimed();
            var go = Promise.<Void>promise();

            // When
            stage.work(true, delivery -> go.future().compose(gone -> LampFeature.noted(delivery)));

            // Then
            await().until(() -> stage.fixture().broker().messages(QUEUE) == 0);
            assertThat(stage.fixture().done()).isZero();
            await().until(() -> stage.number("select count(*) from inbox") == 10);
            go.complete();
            stage.doneOnce(10, 0);
            assertThat(stage.fixture().deliveries())
                    .hasSize(10)
                    .filteredOn(delivery -> delivery.attempt() == 2)
                    .hasSize(claimed);
            assertThat(stage.fixture().broker().messages("skelly.dead." + WORKER))
                    .isZero();
        }
    }
}
