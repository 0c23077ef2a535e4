package dev.skelly.features.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Given events, when a command comes, then these events follow. */
class PaymentTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID CUSTOMER = UUID.randomUUID();
    private static final Payment.Terms TERMS = new Payment.Terms(ORDER, CUSTOMER, 990, "ok");

    private static final PaymentEvent REQUESTED = new PaymentEvent.ChargeRequested(ORDER, CUSTOMER, 990, "ok");
    private static final PaymentEvent PROCESSED = new PaymentEvent.PaymentProcessed(ORDER, CUSTOMER, 990, "ch-1");
    private static final PaymentEvent FAILED = new PaymentEvent.PaymentFailed(ORDER, CUSTOMER, "card-declined");
    private static final PaymentEvent WITHDRAWN = new PaymentEvent.PaymentWithdrawn(ORDER, CUSTOMER);
    private static final PaymentEvent REFUND_REQUESTED =
            new PaymentEvent.PaymentRefundRequested(ORDER, CUSTOMER, 990, "ch-1");
    private static final PaymentEvent REFUNDED = new PaymentEvent.PaymentRefunded(ORDER, CUSTOMER, 990);

    private static Payment given(PaymentEvent... events) {
        var aggregate = new PaymentAggregate();
        var state = aggregate.initial();
        for (var event : events) {
            state = aggregate.evolve(state, event);
        }
        return state;
    }

    private static List<PaymentEvent> withdraw(Payment payment) {
        return payment.withdraw(ORDER, CUSTOMER);
    }

    @Test
    void aRequestIsMadeOnce() {
        assertThat(given().request(TERMS)).containsExactly(REQUESTED);
        assertThat(given(REQUESTED).request(TERMS)).isEmpty();
        assertThat(given(REQUESTED, PROCESSED).request(TERMS)).isEmpty();
        assertThat(given(REQUESTED, FAILED).request(TERMS)).isEmpty();
    }

    @Test
    void aRequestAfterTheWithdrawalIsNotMade() {
        assertThat(given(WITHDRAWN).request(TERMS)).isEmpty();
        assertThat(given(REQUESTED, WITHDRAWN).request(TERMS)).isEmpty();
    }

    @Test
    void aChargeIsRecordedOnce() {
        assertThat(given(REQUESTED).charged("ch-1")).containsExactly(PROCESSED);
        assertThat(given(REQUESTED, PROCESSED).charged("ch-1")).isEmpty();
        assertThat(given().charged("ch-1")).isEmpty();
        assertThat(given(WITHDRAWN).charged("ch-1")).isEmpty();
    }

    @Test
    void aChargeAfterTheWithdrawalIsGivenBack() {
        assertThat(given(REQUESTED, WITHDRAWN).charged("ch-1")).containsExactly(PROCESSED, REFUND_REQUESTED);
        assertThat(given(REQUESTED, WITHDRAWN, PROCESSED, REFUND_REQUESTED).charged("ch-1"))
                .isEmpty();
    }

    @Test
    void aChargeAfterARefusalIsGivenBackAndNeverProcessed() {
        assertThat(given(REQUESTED, FAILED).charged("ch-1")).containsExactly(REFUND_REQUESTED);
        assertThat(given(REQUESTED, FAILED, REFUND_REQUESTED).charged("ch-1")).isEmpty();
        assertThat(given(REQUESTED, FAILED, REFUND_REQUESTED, REFUNDED).charged("ch-1"))
                .isEmpty();
        assertThat(withdraw(given(REQUESTED, FAILED, REFUND_REQUESTED))).containsExactly(WITHDRAWN);
    }

    @Test
    void aSecondChargeChangesNothingAndIsToldOf() {
        assertThat(given(REQUESTED, PROCESSED).charged("ch-2")).isEmpty();
        assertThat(given(REQUESTED, PROCESSED).contradiction("ch-2")).contains("a second charge");
        assertThat(given(REQUESTED, PROCESSED).contradiction("ch-1")).isEmpty();
        assertThat(given(REQUESTED).contradiction("ch-1")).isEmpty();
        assertThat(given(REQUESTED, FAILED).contradiction("ch-1")).isPresent();
        assertThat(given(REQUESTED, FAILED, REFUND_REQUESTED).contradiction("ch-1"))
                .isEmpty();
        assertThat(given().contradiction("ch-1")).isPresent();
    }

    @Test
    void aRefusalIsRecordedOnce() {
        assertThat(given(REQUESTED).declined("card-declined")).containsExactly(FAILED);
        assertThat(given(REQUESTED, WITHDRAWN).declined("card-declined")).containsExactly(FAILED);
        assertThat(given(REQUESTED, FAILED).declined("card-declined")).isEmpty();
        assertThat(given(REQUESTED, PROCESSED).declined("card-declined")).isEmpty();
        assertThat(given().declined("card-declined")).isEmpty();
    }

    @Test
    void aWithdrawalIsRecordedOnce() {
        assertThat(withdraw(given())).containsExactly(WITHDRAWN);
        assertThat(withdraw(given(REQUESTED))).containsExactly(WITHDRAWN);
        assertThat(withdraw(given(REQUESTED, FAILED))).containsExactly(WITHDRAWN);
        assertThat(withdraw(given(WITHDRAWN))).isEmpty();
        assertThat(withdraw(given(REQUESTED, PROCESSED, WITHDRAWN, REFUND_REQUESTED)))
                .isEmpty();
    }

    @Test
    void aWithdrawalGivesBackWhatWasTaken() {
        assertThat(withdraw(given(REQUESTED, PROCESSED))).containsExactly(WITHDRAWN, REFUND_REQUESTED);
    }

    @Test
    void aRefundIsRecordedOnce() {
        assertThat(given(REQUESTED, PROCESSED, WITHDRAWN, REFUND_REQUESTED).refunded())
                .containsExactly(REFUNDED);
        assertThat(given(REQUESTED, PROCESSED, WITHDRAWN, REFUND_REQUESTED, REFUNDED)
                        .refunded())
                .isEmpty();
        assertThat(given(REQUESTED, PROCESSED).refunded()).isEmpty();
        assertThat(given().refunded()).isEmpty();
    }

    @Test
    void knowsWhatItAwaits() {
        assertThat(given().awaitedCharge()).isEmpty();
        assertThat(given(REQUESTED).awaitedCharge()).contains(TERMS);
        assertThat(given(REQUESTED, WITHDRAWN).awaitedCharge()).contains(TERMS);
        assertThat(given(REQUESTED, PROCESSED).awaitedCharge()).isEmpty();
        assertThat(given(REQUESTED, FAILED).awaitedCharge()).isEmpty();
        assertThat(given(REQUESTED, PROCESSED, WITHDRAWN, REFUND_REQUESTED).awaitsRefund())
                .isTrue();
        assertThat(given(REQUESTED, PROCESSED, WITHDRAWN, REFUND_REQUESTED, REFUNDED)
                        .awaitsRefund())
                .isFalse();
    }
}
