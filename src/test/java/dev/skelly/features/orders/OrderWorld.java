package dev.skelly.features.orders;

import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.feature.BusinessProcess;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Problem;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.payments.SimulatedPayments;
import dev.skelly.worker.SimulatedRetries;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A shop with its log, relay, broker, workers, deadlines and payment provider in one thread, on a clock of its own. Each step does one thing, by chance.
 * The decisions, the process, the workers, the relay's window and the retries are the product's; messages come at least once.
 */
final class OrderWorld {

    /** What goes wrong. */
    enum Trouble {
        /** The leader ends and begins again at its checkpoint. */
        RELAY_CRASH,
        /** A worker ends before its transaction, or after it and before the broker hears of that. */
        WORKER_CRASH,
        DELAY,
        REORDER,
        /** A message, or the broker's answer to it, is lost. */
        LOSS,
        /** A message is handled again, although it was: the record of that is gone. */
        FORGOTTEN,
        /** Calls of the provider fail, and its reports are lost or come twice. */
        PROVIDER,
        /** The stock is corrected, down to less than is held. */
        CORRECTION
    }

    /** All that a run follows from. */
    record Schedule(long seed, int orders, Set<Trouble> troubles) {}

    private static final List<String> SKUS = List.of("lamp", "rope");
    private static final List<String> TOKENS = List.of("ok", "ok", "slow", "double", "decline");
    private static final int ACTS_EACH = 3;
    private static final int STEPS_EACH = 3_000; // Far more than an order takes.
    private static final int TICK_MS = 40;
    private static final int IDLE_STEPS = 40;

    private final Schedule schedule;
    private final Random random;
    private final BusinessProcess process;
    private final SimulatedOrders orders = new SimulatedOrders();
    private final SimulatedPayments payments;
    private final SimulatedRetries retries;
    private final WorldCheck check;
    private final List<Event> log = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private final List<WorkerLane> lanes = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private int placed;
    private int acts;
    private int refusals;
    private int idle;

    /**
     * Creates the world before its first step.
     *
     * @param forgetful a planted fault of {@link SimulatedPayments}
     */
    OrderWorld(Schedule schedule, BusinessProcess process, boolean forgetful) {
        this.schedule = schedule;
        this.random = new Random(schedule.seed());
        this.process = process;
        this.payments = new SimulatedPayments(() -> now, random, has(Trouble.PROVIDER) ? 20 : 0, forgetful);
        this.retries = new SimulatedRetries(random);
        this.check = new WorldCheck(orders, payments);
        payments.workers().forEach(worker -> lanes.add(new WorkerLane(worker)));
        lanes.add(new WorkerLane(new ProcessWorker(process)));
        SKUS.forEach(sku -> correct(sku, 3 * schedule.orders()));
    }

    /** A process is a worker whose effect is its commands. */
    private record ProcessWorker(BusinessProcess process) implements Worker {

        @Override
        public String name() {
            return process.name();
        }

        @Override
        public Set<String> types() {
            return process.types();
        }

        @Override
        public Future<WorkResult> work(EventDelivery delivery) {
            return Future.succeededFuture(new WorkResult.Done(process.react(delivery)));
        }
    }

    private boolean has(Trouble trouble) {
        return schedule.troubles().contains(trouble);
    }

    private boolean strikes(Trouble trouble, int oneIn) {
        return has(trouble) && random.nextInt(oneIn) == 0;
    }

    /** Runs until nothing is left to do; the number of steps. Throws what is wrong as soon as it is. */
    int run() {
        for (var steps = 1; ; steps++) {
            step();
            check.now();
            if (over()) {
                check.ended();
                return steps;
            }
            if (steps > STEPS_EACH * (1 + schedule.orders())) {
                throw new AssertionError("stuck: " + orders.orders + ", deadlines " + orders.deadlines + ", payments "
                        + payments.waiting());
            }
        }
    }

    private boolean over() {
        return placed == schedule.orders()
                && orders.deadlines.isEmpty()
                && !payments.waiting()
                && lanes.stream().allMatch(lane -> lane.empty(log.size()));
    }

    /* Time passes faster while nothing else happens. */
    private void step() {
        idle = lanes.stream().anyMatch(lane -> lane.busy(now, log.size())) ? 0 : idle + 1;
        now = now.plusMillis(random.nextInt(TICK_MS) + (idle > IDLE_STEPS ? 50L * (idle - IDLE_STEPS) : 0));
        var lane = lanes.get(random.nextInt(lanes.size()));
        switch (random.nextInt(12)) {
            case 0 -> customer();
            case 1, 2 -> send(lane);
            case 3, 4, 5 -> lane.accept(random);
            case 6, 7, 8, 9 -> deliver(lane);
            case 10 -> lead();
            default -> trouble(lane);
        }
    }

    private void customer() {
        if (placed < schedule.orders() && random.nextInt(3) == 0) {
            placed++;
            var items = List.of(new OrderEvent.Item(SKUS.get(random.nextInt(SKUS.size())), 1 + random.nextInt(3)));
            var token = TOKENS.get(random.nextInt(TOKENS.size()));
            attempt(new PlaceOrder(id(), id(), items, token));
        } else if (!orders.orders.isEmpty() && acts < ACTS_EACH * schedule.orders()) {
            acts++;
            var ids = List.copyOf(orders.orders.keySet());
            var step = random.nextInt(4) == 0 ? ChangeOrder.Step.SHIP : ChangeOrder.Step.CANCEL;
            if (random.nextInt(4) == 0) {
                attempt(new ChangeOrder(ids.get(random.nextInt(ids.size())), step));
            }
        }
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /* People are refused what the state does not allow. */
    private void attempt(Command<?> command) {
        try {
            execute(command);
        } catch (Problem refused) {
            refusals++;
        }
    }

    private void execute(Command<?> command) {
        List<? extends Event> events = orders.handle(command)
                .<List<? extends Event>>map(some -> some)
                .or(() -> payments.handle(command))
                .orElseThrow();
        for (var event : events) {
            log.add(event);
            times.add(now);
        }
    }

    private void send(WorkerLane lane) {
        var position = lane.read(log, OrderWorld::type);
        if (position.isPresent()) {
            var due = strikes(Trouble.DELAY, 3) ? now.plusMillis(random.nextInt(8_000)) : now;
            var arrives = !strikes(Trouble.LOSS, 20);
            lane.send(position.getAsLong(), due, nanos(), arrives, arrives && !strikes(Trouble.LOSS, 20));
        }
    }

    private long nanos() {
        return now.toEpochMilli() * 1_000_000;
    }

    private void deliver(WorkerLane lane) {
        var message = lane.take(now, has(Trouble.REORDER) ? random : null);
        if (message == null || strikes(Trouble.WORKER_CRASH, 10)) {
            return;
        }
        if (lane.did(message) && !strikes(Trouble.FORGOTTEN, 2)) {
            lane.settle(message);
            return;
        }
        var result = lane.worker().work(delivery(message));
        if (!result.succeeded()) {
            throw new AssertionError(lane.worker().name() + " failed", result.cause());
        }
        var ended = result.result();
        if (ended instanceof WorkResult.Done done) {
            done.commands().forEach(this::execute);
            if (!lane.done(message) || !strikes(Trouble.WORKER_CRASH, 8)) {
                lane.settle(message);
            }
        } else if (ended instanceof WorkResult.Later) {
            lane.retry(message, retries.after(message.attempt()).map(now::plus));
        } else {
            throw new AssertionError(lane.worker().name() + " refused: " + ended);
        }
    }

    private EventDelivery delivery(WorkerLane.Message message) {
        var at = (int) message.position() - 1;
        var event = log.get(at);
        var id = new UUID(0, message.position());
        return new EventDelivery(id, type(event), event.subject(), times.get(at), message.attempt(), event, "{}");
    }

    static String type(Event event) {
        return Objects.requireNonNull(event.getClass().getAnnotation(EventName.class))
                .value();
    }

    /* A leader may end between a command and the removal of its deadline. */
    private void lead() {
        for (var due : List.copyOf(orders.deadlines.entrySet())) {
            if (!due.getValue().isAfter(now)) {
                execute(process.overdue(due.getKey(), "unpaid"));
                if (!strikes(Trouble.RELAY_CRASH, 4)) {
                    orders.deadlines.remove(due.getKey(), due.getValue());
                }
            }
        }
        payments.reconcile().forEach(this::execute);
        lanes.stream().filter(lane -> lane.overdue(nanos())).forEach(WorkerLane::crash);
    }

    private void trouble(WorkerLane lane) {
        if (strikes(Trouble.RELAY_CRASH, 30)) {
            lanes.forEach(WorkerLane::crash);
        } else if (strikes(Trouble.CORRECTION, 20) && placed < schedule.orders()) {
            correct(SKUS.get(random.nextInt(SKUS.size())), random.nextInt(2 * schedule.orders() + 1));
        } else {
            payments.report(strikes(Trouble.PROVIDER, 3))
                    .filter(report -> !strikes(Trouble.PROVIDER, 3))
                    .ifPresent(this::execute);
        }
        lane.store();
    }

    private void correct(String sku, int pieces) {
        orders.correct(sku, pieces);
        check.corrected(sku);
    }

    /** Returns what happened, for messages. */
    @Override
    public String toString() {
        return schedule + ", " + refusals + " refusals: " + log;
    }
}
