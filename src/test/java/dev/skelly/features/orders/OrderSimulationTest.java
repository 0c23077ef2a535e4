package dev.skelly.features.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.BusinessProcess;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.features.orders.OrderWorld.Schedule;
import dev.skelly.features.orders.OrderWorld.Trouble;
import dev.skelly.testing.Torture;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Deterministic simulation (catalogue B-09): the decisions of orders and payments, their process and workers, the relay's window and the retries, under
 * random schedules of crashes, delays, losses, repetitions and other orders. A failure tells the smallest schedule that was found for it.
 */
class OrderSimulationTest {

    private static final int STEPS = Torture.times(1_000_000, 100_000);
    private static final int ORDERS_MAX = 30;
    private static final int TRIES = 300;
    private static final OrderProcess PROCESS = new OrderProcess(Duration.ofSeconds(5));

    /** Runs worlds by certain rules. */
    private record Rules(BusinessProcess process, boolean forgetful) {

        int run(Schedule schedule) {
            var world = new OrderWorld(schedule, process, forgetful);
            try {
                return world.run();
            } catch (AssertionError wrong) {
                throw new AssertionError(wrong.getMessage() + "\n" + world, wrong);
            }
        }

        Optional<AssertionError> failure(Schedule schedule) {
            try {
                var steps = run(schedule);
                return steps > 0 ? Optional.empty() : Optional.of(new AssertionError("no step"));
            } catch (AssertionError wrong) {
                return Optional.of(wrong);
            }
        }

        /** Returns a schedule of this size that fails, by another seed; empty if none was found. */
        Optional<Schedule> similar(Schedule schedule, int orders, Set<Trouble> troubles) {
            return IntStream.range(0, TRIES)
                    .mapToObj(n -> new Schedule(schedule.seed() + n, orders, troubles))
                    .filter(candidate -> failure(candidate).isPresent())
                    .findFirst();
        }

        /** Returns a schedule that fails with as few orders and troubles as were found. */
        Schedule shrink(Schedule failing) {
            var smallest = IntStream.range(1, failing.orders())
                    .mapToObj(orders -> similar(failing, orders, failing.troubles()))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(failing);
            for (var trouble : failing.troubles()) {
                var fewer = EnumSet.copyOf(smallest.troubles());
                fewer.remove(trouble);
                smallest = similar(smallest, smallest.orders(), fewer).orElse(smallest);
            }
            return smallest;
        }
    }

    private static Stream<Schedule> schedules(long seed) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> new Schedule(seed + n, 1 + n % ORDERS_MAX, EnumSet.allOf(Trouble.class)));
    }

    @Test
    void moneyAndStockAddUpAfterEachStepAndEachOrderEnds() {
        var rules = new Rules(PROCESS, false);
        var began = System.nanoTime();
        var steps = 0L;
        var worlds = 0;
        for (var schedule : (Iterable<Schedule>) schedules(Torture.seed("OrderSimulationTest"))::iterator) {
            if (steps >= STEPS) {
                break;
            }
            worlds++;
            try {
                steps += rules.run(schedule);
            } catch (AssertionError wrong) {
                var smallest = rules.shrink(schedule);
                throw rules.failure(smallest).orElse(wrong);
            }
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        System.out.println("{\"test\":\"OrderSimulationTest\",\"worlds\":" + worlds + ",\"steps\":" + steps
                + ",\"stepsPerSecond\":" + Math.round(steps / seconds) + "}");
    }

    private static Schedule smallestFailure(Rules rules) {
        var failing = schedules(1)
                .limit(100)
                .filter(schedule -> rules.failure(schedule).isPresent())
                .findFirst()
                .orElseThrow();
        return rules.shrink(failing);
    }

    @Test
    void findsAndShrinksAWithdrawalThatIsForgottenWhenItComesFirst() {
        // Given
        var rules = new Rules(PROCESS, true);

        // When
        var smallest = smallestFailure(rules);

        // Then
        assertThat(smallest.orders()).isEqualTo(1);
        assertThat(smallest.troubles()).hasSize(1); // One that lets the withdrawal overtake the request.
        assertThat(rules.failure(smallest)).get().asString().contains("money that is not the shop's");
    }

    /** Takes an order as paid when it is placed. */
    private static final class Credulous implements BusinessProcess {

        @Override
        public String name() {
            return PROCESS.name();
        }

        @Override
        public Set<String> types() {
            return PROCESS.types();
        }

        @Override
        public List<Command<?>> react(EventDelivery delivery) {
            return delivery.event() instanceof OrderEvent.Placed placed
                    ? List.of(new ChangeOrder(placed.orderId(), ChangeOrder.Step.PAY))
                    : PROCESS.react(delivery);
        }

        @Override
        public Command<?> overdue(String key, String deadline) {
            return PROCESS.overdue(key, deadline);
        }
    }

    @Test
    void findsAndShrinksAProcessThatDoesNotWaitForThePayment() {
        // Given
        var rules = new Rules(new Credulous(), false);

        // When
        var smallest = smallestFailure(rules);

        // Then
        assertThat(smallest.orders()).isEqualTo(1);
        assertThat(smallest.troubles()).isEmpty();
        assertThat(rules.failure(smallest)).get().asString().contains("goes on without its money");
    }
}
