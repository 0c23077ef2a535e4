package dev.skelly.features.payments;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.config.SecretValue;
import dev.skelly.event.Event;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.features.orders.OrderEvent;
import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.MovableClock;
import dev.skelly.testkit.TestDatabase;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments of orders over a real database: in the sandbox, and at a provider over HTTP that fails. */
class PaymentsIT {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration LONG = Duration.ofHours(1); // So that the sandbox reports nothing late by itself.

    private final TestDatabase database = TestDatabase.fresh("audit", "payments");
    private final MovableClock clock = new MovableClock(NOON);
    private final UUID order = UUID.randomUUID();
    private final UUID customer = UUID.randomUUID();
    private FeatureFixture skelly = sandbox(LONG);

    @AfterEach
    void close() {
        skelly.close();
    }

    private FeatureFixture sandbox(Duration delay) {
        return fixture(
                new PaymentsConfig("sandbox", SecretValue.NONE, SecretValue.NONE, Duration.ofSeconds(10), delay));
    }

    private FeatureFixture provider(ProviderServer at) {
        return fixture(new PaymentsConfig(
                at.url().toString(), new SecretValue("of-ours"), SecretValue.NONE, Duration.ofMillis(300), LONG));
    }

    private FeatureFixture fixture(PaymentsConfig settings) {
        return new FeatureFixture(database, clock, new PaymentsFeature(settings));
    }

    private Event requested(String token) {
        return new OrderEvent.PaymentRequested(order, customer, 990, token);
    }

    private Event cancelled() {
        return new OrderEvent.Cancelled(order, customer, "customer");
    }

    private void deliver(Event... events) {
        for (var event : events) {
            skelly.deliver(event);
            skelly.deliver();
        }
    }

    private List<String> events() {
        return skelly.texts("select substr(type, 9) from event order by subject_version");
    }

    private List<String> pending() {
        return skelly.texts("select kind from payment_pending order by kind");
    }

    private void reconcile() {
        for (var task : skelly.features().get(0).leaderTasks()) {
            await(task.round(database.pool()));
        }
        skelly.deliver();
    }

    @Test
    void aPaymentIsMade() {
        deliver(requested("ok"), requested("ok"));

        assertThat(events()).containsExactly("requested", "processed");
        assertThat(skelly.texts("select data->>'chargeId' from event where type = 'payment.processed'"))
                .containsExactly("sandbox-" + order);
        assertThat(pending()).isEmpty();
    }

    @Test
    void aPaymentOfACancelledOrderIsGivenBackOnce() {
        deliver(requested("ok"), cancelled(), cancelled(), requested("ok"));

        assertThat(events()).containsExactly("requested", "processed", "withdrawn", "refund-requested", "refunded");
        assertThat(pending()).isEmpty();
    }

    @Test
    void aPaymentThatIsWithdrawnBeforeItsRequestIsNotMade() {
        deliver(cancelled(), requested("ok"), cancelled());

        assertThat(events()).containsExactly("withdrawn");
        assertThat(pending()).isEmpty();
    }

    @Test
    void aRefusedPaymentFails() {
        deliver(requested("decline"), cancelled());

        assertThat(events()).containsExactly("requested", "failed", "withdrawn");
        assertThat(skelly.texts("select data->>'reason' from event where type = 'payment.failed'"))
                .containsExactly("card-declined");
        assertThat(pending()).isEmpty();
    }

    @Test
    void anUnknownTokenIsRefused() {
        deliver(requested("of-nobody"));

        assertThat(skelly.texts("select data->>'reason' from event where type = 'payment.failed'"))
                .containsExactly("unknown-token");
    }

    @Test
    void aSlowPaymentIsAskedForUntilItIsMade() {
        // Given
        deliver(requested("slow"));
        reconcile();
        assertThat(events()).containsExactly("requested");
        assertThat(pending()).containsExactly("CHARGE");

        // When
        clock.pass(Duration.ofSeconds(5));
        reconcile();
        assertThat(events()).as("asked for too early").containsExactly("requested");
        clock.pass(LONG);
        reconcile();

        // Then
        assertThat(events()).containsExactly("requested", "processed");
        assertThat(pending()).isEmpty();
    }

    @Test
    void aSlowPaymentOfACancelledOrderIsGivenBack() {
        deliver(requested("slow"), cancelled());
        assertThat(events()).containsExactly("requested", "withdrawn");

        clock.pass(LONG);
        reconcile();

        assertThat(events()).containsExactly("requested", "withdrawn", "processed", "refund-requested", "refunded");
    }

    @Test
    void aPaymentIsAskedForLessAndLessOften() {
        deliver(requested("slow"));
        for (var second = 0; second < 60; second++) {
            clock.pass(Duration.ofSeconds(1));
            reconcile();
        }

        assertThat(skelly.texts("select attempts from payment_pending"))
                .as("after 5, 10, 20 and 40 seconds")
                .containsExactly("4");
    }

    @Test
    void theSandboxReportsLateResultsByItself() {
        skelly = sandbox(Duration.ofMillis(50));
        deliver(requested("slow"));

        Awaitility.await().until(() -> events().contains("processed"));

        assertThat(events()).containsExactly("requested", "processed");
    }

    @Test
    void aDoubleReportHasOneEffect() {
        deliver(requested("double"), cancelled());
        await(skelly.send(new RecordCharge(order, "sandbox-" + order, null)));
        skelly.deliver();

        assertThat(events()).containsExactly("requested", "processed", "withdrawn", "refund-requested", "refunded");
    }

    @Test
    void whatTheProviderDidNotAnswerIsAskedForAgain() {
        try (var provider = new ProviderServer()) {
            // Given
            skelly = provider(provider);
            await(skelly.send(new RequestPayment(order, customer, 990, "ok")));
            provider.beSilent(1);
            assertThat(charge(new PaymentEvent.ChargeRequested(order, customer, 990, "ok")))
                    .isInstanceOf(WorkResult.Later.class);

            // When
            clock.pass(Duration.ofSeconds(6));
            reconcile();
            deliver(cancelled());

            // Then
            assertThat(events()).containsExactly("requested", "processed", "withdrawn", "refund-requested", "refunded");
            assertThat(provider.moves)
                    .containsExactly("charge " + order + " 990", "refund " + order + "-refund ch-" + order);
        }
    }

    @Test
    void commandsThatRunAtOnceHaveOneEffect() {
        for (var n = 0; n < 20; n++) {
            // Given
            var id = UUID.randomUUID();
            List<Command<Void>> commands = List.of(
                    new RequestPayment(id, customer, 990, "ok"),
                    new WithdrawPayment(id, customer),
                    new RequestPayment(id, customer, 990, "ok"),
                    new RecordCharge(id, "sandbox-" + id, null),
                    new WithdrawPayment(id, customer));

            // When
            await(Future.join(commands.stream()
                    .map(command -> skelly.send(command).recover(conflict -> skelly.send(command)))
                    .toList()));
            skelly.deliver();

            // Then
            var events = skelly.texts("select substr(type, 9) from event where subject = 'payment:" + id + "'");
            assertThat(events).contains("withdrawn").doesNotHaveDuplicates();
            assertThat(events.contains("refunded")).isEqualTo(events.contains("requested"));
            assertThat(pending()).isEmpty();
        }
    }

    @Test
    void aRefundThatIsLostIsAskedForAgain() {
        try (var provider = new ProviderServer()) {
            // Given
            skelly = provider(provider);
            deliver(requested("ok"));
            await(skelly.send(new WithdrawPayment(order, customer)));
            assertThat(pending()).containsExactly("REFUND");

            // When
            clock.pass(Duration.ofSeconds(6));
            provider.lose(1);
            reconcileOnly();
            assertThat(pending()).containsExactly("REFUND");
            clock.pass(Duration.ofSeconds(6));
            reconcileOnly();

            // Then
            assertThat(pending()).isEmpty();
            skelly.deliver();
            assertThat(events()).containsExactly("requested", "processed", "withdrawn", "refund-requested", "refunded");
            assertThat(provider.moves).hasSize(2);
        }
    }

    private void reconcileOnly() {
        await(skelly.features().get(0).leaderTasks().get(0).round(database.pool()));
    }

    /* One run of the worker that charges, whatever its result. */
    private WorkResult charge(PaymentEvent.ChargeRequested asked) {
        var delivery = new EventDelivery(UUID.randomUUID(), "payment.requested", asked.subject(), NOON, 1, asked, "{}");
        return await(skelly.features().get(0).workers().stream()
                .filter(worker -> worker.name().equals("charge-payment"))
                .findFirst()
                .orElseThrow()
                .work(delivery));
    }
}
