package dev.skelly.features.payments;

import dev.skelly.aggregate.AggregateRepository;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the provider again for results that did not come: because a webhook was lost, or a node ended, or a worker gave up. */
final class PaymentReconciliation implements LeaderTask {

    private static final Logger LOGGER = LoggerFactory.getLogger(PaymentReconciliation.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int BATCH = 20;

    private final PaymentGateway gateway;
    private final AggregateRepository<Payment, PaymentEvent> payments;
    private final CommandBus commands;
    private final Clock clock;
    private final Supplier<UUID> ids;

    PaymentReconciliation(
            PaymentGateway gateway,
            AggregateRepository<Payment, PaymentEvent> payments,
            CommandBus commands,
            Clock clock,
            Supplier<UUID> ids) {
        this.gateway = gateway;
        this.payments = payments;
        this.commands = commands;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "payments";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    /* Together, because a provider that does not answer lets each wait for its timeout. */
    @Override
    public Future<Void> round(SqlClient sql) {
        return PendingPaymentTable.claim(sql, clock.instant(), BATCH)
                .compose(due -> Future.join(
                        due.stream().map(awaited -> ask(sql, awaited)).toList()))
                .mapEmpty();
    }

    private Future<Void> ask(SqlClient sql, PendingPaymentTable.AwaitedResult awaited) {
        return payments.load(sql, awaited.order().toString())
                .compose(loaded -> awaited.kind() == PendingPaymentTable.Awaited.CHARGE
                        ? charge(loaded.state(), awaited)
                        : refund(loaded.state(), awaited.order()))
                .compose(command -> command.isEmpty() ? Future.succeededFuture() : send(command.get()))
                .otherwise(failure -> tell(awaited, failure));
    }

    private Future<Void> send(Command<Void> command) {
        return commands.send(command, CommandContext.fresh(ids.get())).mapEmpty();
    }

    private Future<Optional<Command<Void>>> charge(Payment payment, PendingPaymentTable.AwaitedResult awaited) {
        return payment.awaitedCharge()
                .map(terms -> gateway.find(new PaymentGateway.Charge(
                                terms.order(), terms.amountCents(), terms.token(), awaited.requestedAt()))
                        .map(result -> RecordCharge.of(terms.order(), result).<Command<Void>>map(record -> record)))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Optional<Command<Void>>> refund(Payment payment, UUID order) {
        var terms = payment.terms();
        var chargeId = payment.chargeId();
        if (!payment.awaitsRefund() || terms == null || chargeId == null) {
            return Future.succeededFuture(Optional.empty());
        }
        return gateway.refund(new PaymentGateway.Refund(order, chargeId, terms.amountCents()))
                .map(result ->
                        result == RefundResult.REFUNDED ? Optional.of(new RecordRefund(order)) : Optional.empty());
    }

    private static Void tell(PendingPaymentTable.AwaitedResult awaited, Throwable failure) {
        LOGGER.atWarn()
                .setCause(failure)
                .addKeyValue("order", awaited.order())
                .addKeyValue("awaited", awaited.kind())
                .log("the payment provider cannot be asked for a result; it is asked again");
        return null;
    }
}
