package dev.skelly.features.payments;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A provider for trials, which moves no money. Its answers follow from the charge alone, so that they are the same on every node and after a restart. The
 * token decides: {@code ok} is charged; {@code decline} is declined; {@code slow} is charged after a delay; {@code double} is charged, and reported twice;
 * others are declined.
 */
final class SandboxGateway implements PaymentGateway {

    private final Vertx vertx;
    private final Clock clock;
    private final Duration delay;
    private final BiConsumer<UUID, ChargeResult> report;

    /**
     * Creates the provider.
     *
     * @param delay time after the request at which slow charges are made and second reports come
     * @param report takes results that come after the answer, by order, as a webhook does. They are lost if the node ends before
     */
    SandboxGateway(Vertx vertx, Clock clock, Duration delay, BiConsumer<UUID, ChargeResult> report) {
        this.vertx = vertx;
        this.clock = clock;
        this.delay = delay;
        this.report = report;
    }

    @Override
    public Future<ChargeResult> charge(Charge charge) {
        var result = result(charge);
        if (result instanceof ChargeResult.Pending || charge.token().equals("double")) {
            vertx.setTimer(Math.max(1, delay.toMillis()), fired -> report.accept(charge.order(), charged(charge)));
        }
        return Future.succeededFuture(result);
    }

    @Override
    public Future<ChargeResult> find(Charge charge) {
        return Future.succeededFuture(result(charge));
    }

    @Override
    public Future<RefundResult> refund(Refund refund) {
        return Future.succeededFuture(RefundResult.REFUNDED);
    }

    private ChargeResult result(Charge charge) {
        return switch (charge.token()) {
            case "ok", "double" -> charged(charge);
            case "slow" ->
                clock.instant().isBefore(charge.requestedAt().plus(delay))
                        ? new ChargeResult.Pending()
                        : charged(charge);
            case "decline" -> new ChargeResult.Declined("card-declined");
            default -> new ChargeResult.Declined("unknown-token");
        };
    }

    private static ChargeResult charged(Charge charge) {
        return new ChargeResult.Charged("sandbox-" + charge.key());
    }
}
