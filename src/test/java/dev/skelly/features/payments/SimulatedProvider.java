package dev.skelly.features.payments;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A payment provider of a simulation: calls fail before or after their effect, results come late or twice. It keeps its own account of the money. The tokens
 * are those of the sandbox.
 */
final class SimulatedProvider implements PaymentGateway {

    private static final Duration SLOW = Duration.ofSeconds(3);

    private final Supplier<Instant> clock;
    private final RandomGenerator random;
    private final int failures;
    private final Map<UUID, Charge> charges = new HashMap<>();
    private final Map<UUID, Instant> made = new HashMap<>();
    private final Map<String, Refund> refunds = new HashMap<>();
    private final List<RecordCharge> reports = new ArrayList<>();

    /**
     * Creates a provider.
     *
     * @param failures calls in a hundred that fail
     */
    SimulatedProvider(Supplier<Instant> clock, RandomGenerator random, int failures) {
        this.clock = clock;
        this.random = random;
        this.failures = failures;
    }

    @Override
    public Future<ChargeResult> charge(Charge charge) {
        if (fails()) {
            return Future.failedFuture("no connection");
        }
        if (charges.putIfAbsent(charge.order(), charge) == null && !declines(charge)) {
            var slow = charge.token().equals("slow");
            made.put(charge.order(), slow ? clock.get().plus(SLOW) : clock.get());
            if (slow || charge.token().equals("double")) {
                reports.add(new RecordCharge(charge.order(), id(charge.order()), null));
            }
        }
        return fails() ? Future.failedFuture("the answer is lost") : Future.succeededFuture(result(charge));
    }

    @Override
    public Future<ChargeResult> find(Charge charge) {
        return charge(charge);
    }

    @Override
    public Future<RefundResult> refund(Refund refund) {
        if (fails()) {
            return Future.failedFuture("no connection");
        }
        refunds.putIfAbsent(refund.key(), refund);
        return fails() ? Future.failedFuture("the answer is lost") : Future.succeededFuture(RefundResult.REFUNDED);
    }

    private boolean fails() {
        return random.nextInt(100) < failures;
    }

    private static boolean declines(Charge charge) {
        return charge.token().equals("decline");
    }

    private static String id(UUID order) {
        return "charge-" + order;
    }

    private ChargeResult result(Charge charge) {
        if (declines(charge)) {
            return new ChargeResult.Declined("card-declined");
        }
        return taken(charge.order()) == 0 ? new ChargeResult.Pending() : new ChargeResult.Charged(id(charge.order()));
    }

    /** Returns the reports that were not taken yet; the caller takes them when their money is there. */
    List<RecordCharge> reports() {
        return reports;
    }

    /** Returns the money that was taken for an order. */
    long taken(UUID order) {
        var charge = charges.get(order);
        var since = made.get(order);
        return charge == null || since == null || since.isAfter(clock.get()) ? 0 : charge.amountCents();
    }

    /** Returns the money of an order that was given back. */
    long givenBack(UUID order) {
        return refunds.values().stream()
                .filter(refund -> refund.order().equals(order))
                .mapToLong(Refund::amountCents)
                .sum();
    }
}
