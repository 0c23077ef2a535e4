package dev.skelly.features.payments;

import dev.skelly.feature.Command;
import dev.skelly.feature.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Payments without a database and a network, for simulations: the product's decisions and workers, and a provider that fails. Confined to one thread. */
public final class SimulatedPayments {

    private static final Duration ASKED_AGAIN = Duration.ofSeconds(5);

    private final Supplier<Instant> clock;
    private final SimulatedProvider provider;
    private final boolean forgetful;
    private final PaymentAggregate aggregate = new PaymentAggregate();
    private final Map<UUID, Payment> payments = new HashMap<>();
    private final Map<UUID, Instant> awaited = new HashMap<>(); // When the provider is asked again.

    /**
     * Creates payments.
     *
     * @param failures calls of the provider in a hundred that fail
     * @param forgetful a planted fault: a withdrawal that comes before the request has no effect
     */
    public SimulatedPayments(Supplier<Instant> clock, RandomGenerator random, int failures, boolean forgetful) {
        this.clock = clock;
        this.provider = new SimulatedProvider(clock, random, failures);
        this.forgetful = forgetful;
    }

    /** Returns the workers. */
    public List<Worker> workers() {
        return List.of(
                new RequestPaymentWorker(), new ChargePaymentWorker(provider), new RefundPaymentWorker(provider));
    }

    /** Executes a command; empty if it is none of payments. */
    public Optional<List<PaymentEvent>> handle(Command<?> command) {
        if (command instanceof RequestPayment asked) {
            var terms = new Payment.Terms(asked.order(), asked.customer(), asked.amountCents(), asked.token());
            return Optional.of(keep(asked.order(), state(asked.order()).request(terms)));
        } else if (command instanceof WithdrawPayment gone) {
            return Optional.of(withdraw(gone));
        } else if (command instanceof RecordCharge result) {
            return Optional.of(keep(result.order(), PaymentCommandHandlers.decide(state(result.order()), result)));
        }
        return command instanceof RecordRefund refund
                ? Optional.of(keep(refund.order(), state(refund.order()).refunded()))
                : Optional.empty();
    }

    private List<PaymentEvent> withdraw(WithdrawPayment gone) {
        var payment = state(gone.order());
        return forgetful && payment.terms() == null
                ? List.of()
                : keep(gone.order(), payment.withdraw(gone.order(), gone.customer()));
    }

    private Payment state(UUID order) {
        return payments.getOrDefault(order, Payment.NONE);
    }

    private List<PaymentEvent> keep(UUID order, List<PaymentEvent> events) {
        var payment = state(order);
        for (var event : events) {
            payment = aggregate.evolve(payment, event);
        }
        payments.put(order, payment);
        if (payment.awaitedCharge().isEmpty() && !payment.awaitsRefund()) {
            awaited.remove(order);
        } else {
            awaited.putIfAbsent(order, clock.get().plus(ASKED_AGAIN));
        }
        return events;
    }

    /** Returns whether a result of the provider is missing. */
    public boolean waiting() {
        return !awaited.isEmpty();
    }

    /** Asks the provider for the results that are due, as the leader does; the commands that record them. */
    public List<Command<?>> reconcile() {
        var commands = new ArrayList<Command<?>>();
        var now = clock.get();
        for (var due : awaited.entrySet()) {
            if (!due.getValue().isAfter(now)) {
                due.setValue(now.plus(ASKED_AGAIN));
                ask(due.getKey(), state(due.getKey())).ifPresent(commands::add);
            }
        }
        return commands;
    }

    private Optional<Command<?>> ask(UUID order, Payment payment) {
        var terms = payment.terms();
        var charge = payment.chargeId();
        if (terms == null) {
            return Optional.empty();
        }
        if (payment.awaitsRefund() && charge != null) {
            var refunded = provider.refund(new PaymentGateway.Refund(order, charge, terms.amountCents()));
            return refunded.succeeded() ? Optional.of(new RecordRefund(order)) : Optional.empty();
        }
        var found = provider.find(new PaymentGateway.Charge(order, terms.amountCents(), terms.token(), clock.get()));
        return found.succeeded() ? RecordCharge.of(order, found.result()).map(record -> record) : Optional.empty();
    }

    /**
     * Takes the oldest report of the provider, as a webhook brings it; empty if there is none.
     *
     * @param again whether it comes once more later
     */
    public Optional<Command<?>> report(boolean again) {
        var reports = provider.reports();
        if (reports.isEmpty() || provider.taken(reports.get(0).order()) == 0) {
            return Optional.empty();
        }
        var report = reports.remove(0);
        if (again) {
            reports.add(report);
        }
        return Optional.of(report);
    }

    /** Returns the money that the provider has taken for an order. */
    public long taken(UUID order) {
        return provider.taken(order);
    }

    /** Returns the money of an order that the provider has given back. */
    public long givenBack(UUID order) {
        return provider.givenBack(order);
    }
}
