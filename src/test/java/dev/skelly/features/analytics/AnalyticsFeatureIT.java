package dev.skelly.features.analytics;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnalyticsFeatureIT {

    private static final Instant LATE = Instant.parse("2026-11-23T23:59:59Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    private final MovableClock clock = new MovableClock(LATE);
    private final FeatureFixture features =
            new FeatureFixture(TestDatabase.fresh("analytics"), clock, new AnalyticsFeature());

    @AfterEach
    void close() {
        features.close();
    }

    @Test
    void everyEventCountsOnceUnderItsTypeAndDay() {
        // Given
        var deliveries = IntStream.range(0, 60)
                .mapToObj(n -> delivery(n, n % 3 == 0 ? "user.registered" : "user.logged-in", LATE.plusSeconds(n % 2)))
                .toList();

        // When
        var effects = deliveries.stream().map(this::work).toList();
        effects.forEach(effect -> await(effect));

        // Then
        var summary = await(features.query(new Summarise(TODAY, TODAY.plusDays(1))));
        assertThat(summary.total()).isEqualTo(60);
        assertThat(summary.byType()).containsEntry("user.registered", 20L).containsEntry("user.logged-in", 40L);
        assertThat(summary.days()).extracting(EventSummary.AnalyticsDay::total).containsExactly(30L, 30L);
    }

    @Test
    void otherDaysAreLeftOut() {
        // Given
        await(work(delivery(1, "user.registered", LATE)));

        // Then
        assertThat(await(features.query(new Summarise(TODAY.plusDays(1), TODAY.plusDays(9)))))
                .extracting(EventSummary::total)
                .isEqualTo(0L);
    }

    @Test
    void withoutDaysTheLastThirtyAreTold() {
        // Given
        await(work(delivery(1, "user.registered", LATE)));

        // When
        var reply = await(features.call("GET", "/api/analytics/summary", TestRequest.of("")));

        // Then
        assertThat(features.body(reply))
                .containsEntry("from", "2026-10-25")
                .containsEntry("to", "2026-11-23")
                .containsEntry("total", 1);
    }

    private Future<?> work(EventDelivery delivery) {
        return new UpdateAnalyticsWorker().work(delivery).compose(outcome -> carryOut((WorkResult.Done) outcome));
    }

    private Future<?> carryOut(WorkResult.Done done) {
        Command<?> command = done.commands().get(0);
        return features.send(command, CommandContext.fresh(new UUID(1, 1)));
    }

    private static EventDelivery delivery(int number, String type, Instant time) {
        return new EventDelivery(new UUID(1, number), type, "user:1", time, 1, null, "{}");
    }
}
