package dev.skelly.features.orders;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.payments.PaymentEvent;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Orders, their stock and their process over a real database. */
class OrdersIT extends OrdersFixture {

    @Test
    void isPaidConfirmedAndShipped() {
        stock("lamp", 5);
        var id = place("lamp", 2);
        assertThat(stockOf("lamp")).isEqualTo("5/2");
        assertThat(state(id)).isEqualTo("placed");

        paid(id);
        assertThat(state(id)).isEqualTo("confirmed");
        assertThat(stockOf("lamp")).isEqualTo("3/0");

        var shipped = call("POST", "/api/orders/{id}/ship", of(id, WAREHOUSE));
        assertThat(skelly.body(shipped)).containsEntry("state", "shipped").doesNotContainKey("totalCents");
        assertThat(skelly.texts("select type from event where subject like 'order:%' order by seq"))
                .containsExactly(
                        "order.placed", "order.payment-requested", "order.paid", "order.confirmed", "order.shipped");
    }

    @Test
    void failedPaymentEndsItAndFreesTheStock() {
        stock("lamp", 5);
        var id = place("lamp", 2);

        skelly.deliver(new PaymentEvent.PaymentFailed(id, ADA, "card-declined"));

        assertThat(show(id, CUSTOMER)).containsEntry("state", "cancelled").containsEntry("reason", "payment-failed");
        assertThat(stockOf("lamp")).isEqualTo("5/0");
    }

    @Test
    void isRefundedWhenTheStockWasCorrectedBelowWhatIsHeld() {
        stock("lamp", 5);
        var first = place("lamp", 2);
        var second = place("lamp", 2);
        stock("lamp", 3);

        paid(first);
        paid(second);
        skelly.deliver(new PaymentEvent.PaymentRefunded(second, ADA, 1_000));

        assertThat(state(first)).isEqualTo("confirmed");
        assertThat(show(second, CUSTOMER)).containsEntry("state", "refunded").containsEntry("reason", "out-of-stock");
        assertThat(stockOf("lamp")).isEqualTo("1/0");
    }

    @Test
    void aProductCanBeRequiredToBeNew() {
        // Given
        var product = new TestRequest(
                "{\"name\":\"cup\",\"priceCents\":500,\"stock\":3}",
                Map.of("sku", "cup"),
                Map.of(),
                Map.of("If-None-Match", "*"),
                Map.of(),
                ADMIN);

        // When
        var made = call("PUT", "/api/products/{sku}", product);
        var refused = refusal("PUT", "/api/products/{sku}", product);

        // Then
        assertThat(made.status()).isEqualTo(200);
        assertThat(refused.kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(skelly.texts("select type from event")).containsExactly("product.updated");
    }

    @Test
    void productsOfManyOrdersAreLockedTogether() {
        // Given
        stock("lamp", 5);
        stock("rope", 5);
        stock("sail", 5);
        var orders = List.of(place("rope", 1), place("lamp", 1));
        skelly.execute("update event set position = seq");

        // When
        var free = await(database.pool()
                .withTransaction(tx -> ProductTable.lockOfOrders(tx, orders)
                        .compose(locked -> database.pool()
                                .query("select sku from product for update skip locked")
                                .execute())));

        // Then
        assertThat(free).extracting(row -> row.getString("sku")).containsExactly("sail");
    }

    @Test
    void paymentAfterTheCancellationChangesNothing() {
        stock("lamp", 5);
        var id = place("lamp", 2);
        call("POST", "/api/orders/{id}/cancel", of(id, CUSTOMER));

        paid(id);

        assertThat(state(id)).isEqualTo("cancelled");
        assertThat(stockOf("lamp")).isEqualTo("5/0");
    }

    @Test
    void cancellationAfterTheConfirmationPutsTheStockBack() {
        stock("lamp", 5);
        var id = place("lamp", 2);
        paid(id);

        call("POST", "/api/orders/{id}/cancel", of(id, CUSTOMER));

        assertThat(stockOf("lamp")).isEqualTo("5/0");
    }

    @Test
    void isCancelledWhenItsDeadlineIsOver() {
        stock("lamp", 5);
        var id = place("lamp", 2);
        skelly.deliver();
        var task = skelly.features().get(1).leaderTasks().get(0);
        var history = skelly.body(call("GET", "/api/orders/{id}/history", of(id, CUSTOMER)));
        assertThat(text(history, "deadlines")).contains("unpaid").contains("2026-11-23T12:15:00Z");

        clock.pass(Duration.ofMinutes(15).minusMillis(1));
        await(task.round(database.pool()));
        assertThat(state(id)).isEqualTo("placed");
        clock.pass(Duration.ofMillis(1));
        await(task.round(database.pool()));

        assertThat(show(id, CUSTOMER)).containsEntry("state", "cancelled").containsEntry("reason", "unpaid");
        assertThat(skelly.texts("select 1 from process_deadline")).isEmpty();
    }

    @Test
    void paidOrderHasNoDeadline() {
        stock("lamp", 5);
        var id = place("lamp", 2);
        skelly.deliver();
        paid(id);

        assertThat(skelly.texts("select 1 from process_deadline")).isEmpty();
    }

    @Test
    void namesEachItemThatIsNotThere() {
        stock("lamp", 1);
        stock("rope", 9);
        var refusal = refusal(
                "POST",
                "/api/orders",
                TestRequest.of("{\"items\":[{\"sku\":\"lamp\",\"quantity\":2},{\"sku\":\"rope\",\"quantity\":10}],"
                                + "\"payment\":{\"token\":\"ok\"}}")
                        .by(CUSTOMER));

        assertThat(refusal.code()).isEqualTo("out-of-stock");
        assertThat(refusal.detail()).contains("lamp: 1 available (expected: 2)").contains("rope: 9 available");
        assertThat(stockOf("lamp")).isEqualTo("1/0");
        assertThat(refusal("POST", "/api/orders", order("sail", 1))
                        .faults()
                        .get(0)
                        .detail())
                .contains("sail");
        assertThat(skelly.texts("select 1 from order_summary")).isEmpty();
    }

    @Test
    void concurrentOrdersNeverPromiseAPieceTwice() {
        stock("lamp", 30);
        var asked = new ArrayList<Future<Response>>();
        for (var i = 0; i < 50; i++) {
            asked.add(skelly.call("POST", "/api/orders", order("lamp", 1)));
        }
        await(Future.join(asked).otherwiseEmpty());

        assertThat(asked.stream().filter(Future::succeeded)).hasSize(30);
        assertThat(stockOf("lamp")).isEqualTo("30/30");
    }

    @Test
    void concurrentStepsLeaveOneEnd() {
        stock("lamp", 40);
        var orders = new ArrayList<UUID>();
        for (var i = 0; i < 20; i++) {
            orders.add(place("lamp", 2));
        }
        var steps = new ArrayList<Future<?>>();
        for (var id : orders) {
            steps.add(skelly.send(new ChangeOrder(id, ChangeOrder.Step.PAY)));
            steps.add(skelly.call("POST", "/api/orders/{id}/cancel", of(id, CUSTOMER)));
            steps.add(skelly.send(new ChangeOrder(id, ChangeOrder.Step.CONFIRM)));
            steps.add(skelly.send(new ChangeOrder(id, ChangeOrder.Step.GIVE_UP_UNPAID)));
        }
        await(Future.join(steps).otherwiseEmpty());

        assertThat(orders).allSatisfy(id -> assertThat(state(id)).isEqualTo("cancelled"));
        assertThat(stockOf("lamp")).isEqualTo("40/0");
    }
}
