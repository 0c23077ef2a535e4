package dev.skelly.features.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any interleaving and repetition of what may happen to a payment ends with the money taken at most once, and given back once if the order was
 * cancelled. Messages are delivered in random order, some of them again; a provider with idempotency keys answers what is requested of it.
 */
class PaymentInterleavingTest {

    private static final int RUNS = 4_000;
    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID CUSTOMER = UUID.randomUUID();

    /** One run: the log of a payment, the messages on their way, and the provider. */
    private static final class Run {

        private final Random random;
        private final boolean cancelled;
        private final boolean declines;
        private final boolean changesItsMind;
        private final List<PaymentEvent> log = new ArrayList<>();
        private final List<Function<Payment, List<PaymentEvent>>> waiting = new ArrayList<>();
        private final Set<String> taken = new HashSet<>();
        private final Set<String> givenBack = new HashSet<>();
        private Payment state = Payment.NONE;

        Run(long seed) {
            random = new Random(seed);
            cancelled = random.nextBoolean();
            declines = random.nextInt(3) == 0;
            changesItsMind = random.nextInt(6) == 0; // It reports a refusal, and has taken the money after all.
            waiting.add(payment -> payment.request(new Payment.Terms(ORDER, CUSTOMER, 990, "any")));
            if (cancelled) {
                waiting.add(payment -> payment.withdraw(ORDER, CUSTOMER));
            }
        }

        void go() {
            while (!waiting.isEmpty()) {
                var next = random.nextInt(waiting.size());
                var message = random.nextInt(3) == 0 ? waiting.get(next) : waiting.remove(next);
                var events = message.apply(state);
                for (var event : events) {
                    log.add(event);
                    state = state.after(event);
                    react(event);
                }
                assertThat(message.apply(state)).as("repeated at once").isEmpty();
            }
        }

        private void react(PaymentEvent event) {
            if (event instanceof PaymentEvent.ChargeRequested) {
                answer();
            } else if (event instanceof PaymentEvent.PaymentRefundRequested wanted) {
                givenBack.add(wanted.chargeId());
                waiting.add(Payment::refunded);
            }
        }

        private void answer() {
            if (!declines || changesItsMind) {
                taken.add("ch-1");
                waiting.add(payment -> payment.charged("ch-1"));
            }
            if (declines || changesItsMind) {
                waiting.add(payment -> payment.declined("card-declined"));
            }
        }

        private long count(Class<? extends PaymentEvent> type) {
            return log.stream().filter(type::isInstance).count();
        }

        void check() {
            assertThat(count(PaymentEvent.ChargeRequested.class)).isLessThanOrEqualTo(1);
            assertThat(count(PaymentEvent.PaymentProcessed.class) + count(PaymentEvent.PaymentFailed.class))
                    .isEqualTo(count(PaymentEvent.ChargeRequested.class));
            assertThat(count(PaymentEvent.PaymentWithdrawn.class)).isEqualTo(cancelled ? 1 : 0);
            var refused = count(PaymentEvent.PaymentFailed.class) == 1;
            assertThat(givenBack).isEqualTo(cancelled || refused ? taken : Set.of());
            assertThat(count(PaymentEvent.PaymentRefundRequested.class)).isEqualTo(givenBack.size());
            assertThat(count(PaymentEvent.PaymentRefunded.class)).isEqualTo(givenBack.size());
            assertThat(state.awaitedCharge()).isEmpty();
            assertThat(state.awaitsRefund()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261129})
    void endsWithTheMoneyWhereItBelongs(long seed) {
        for (var n = 0; n < RUNS; n++) {
            var run = new Run(seed + n);
            run.go();
            try {
                run.check();
            } catch (AssertionError wrong) {
                throw new AssertionError("seed " + (seed + n) + ": " + run.log, wrong);
            }
        }
    }
}
