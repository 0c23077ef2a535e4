package dev.skelly.features.payments;

import dev.skelly.aggregate.AggregateDecision;
import dev.skelly.aggregate.AggregateRepository;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of payments. Each has its effect once, however often it is sent, and whatever was sent before. */
final class PaymentCommandHandlers {

    private static final Logger LOGGER = LoggerFactory.getLogger(PaymentCommandHandlers.class);

    private final AggregateRepository<Payment, PaymentEvent> payments;
    private final Clock clock;

    PaymentCommandHandlers(AggregateRepository<Payment, PaymentEvent> payments, Clock clock) {
        this.payments = payments;
        this.clock = clock;
    }

    List<CommandHandler<?, ?>> all() {
        return List.of(
                CommandHandler.on("payments.request", RequestPayment.class, Void.class, this::request),
                CommandHandler.on("payments.withdraw", WithdrawPayment.class, Void.class, this::withdraw),
                CommandHandler.on("payments.record-charge", RecordCharge.class, Void.class, this::record),
                CommandHandler.on("payments.record-refund", RecordRefund.class, Void.class, this::record));
    }

    private Future<Void> request(Tx tx, RequestPayment asked) {
        var terms = new Payment.Terms(asked.order(), asked.customer(), asked.amountCents(), asked.token());
        return decide(tx, asked.order(), payment -> payment.request(terms));
    }

    private Future<Void> withdraw(Tx tx, WithdrawPayment gone) {
        return decide(tx, gone.order(), payment -> payment.withdraw(gone.order(), gone.customer()));
    }

    private Future<Void> record(Tx tx, RecordCharge result) {
        return decide(tx, result.order(), payment -> decide(payment, result));
    }

    /** Decides what a result of the provider changes. */
    static List<PaymentEvent> decide(Payment payment, RecordCharge result) {
        var chargeId = result.chargeId();
        if (chargeId == null) {
            return payment.declined(String.valueOf(result.reason()));
        }
        payment.contradiction(chargeId)
                .ifPresent(reason -> LOGGER.atError()
                        .addKeyValue("order", result.order())
                        .addKeyValue("charge", chargeId)
                        .addKeyValue("known", payment.chargeId())
                        .log("the payment provider reports {}", reason));
        return payment.charged(chargeId);
    }

    private Future<Void> record(Tx tx, RecordRefund refund) {
        return decide(tx, refund.order(), Payment::refunded);
    }

    private Future<Void> decide(Tx tx, UUID order, AggregateDecision<Payment, PaymentEvent> decision) {
        var events = new ArrayList<PaymentEvent>();
        return payments.decide(tx, order.toString(), OptionalLong.empty(), payment -> {
                    events.addAll(decision.decide(payment));
                    return events;
                })
                .compose(decided -> follow(tx, events));
    }

    private Future<Void> follow(Tx tx, List<PaymentEvent> events) {
        Future<Void> written = Future.succeededFuture();
        for (var event : events) {
            written = written.compose(done -> PendingPaymentTable.apply(tx.sql(), event, clock.instant()));
        }
        return written;
    }
}
