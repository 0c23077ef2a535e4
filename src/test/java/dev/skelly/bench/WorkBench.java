package dev.skelly.bench;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Measures the work role of the jar, in one run over an empty folder: {@code emitting}, {@code lone}, {@code backlog} and {@code queues} make up
 * {@code scripts/bench work}; {@code million} and {@code inbox} are named when they are wanted. Each figure is printed as soon as it is known,
 * then all as one JSON line.
 *
 * <p>All steps run in one process of the node, which is warm: before the first of them it works for 45 s on events that 64 connections emit.
 * {@code inbox} and {@code queues} end the node and keep its database server, with the settings of the jar.
 */
public final class WorkBench {

    private interface Step {
        void run(WorkNode node) throws Exception;
    }

    private static final List<String> WORK = List.of("emitting", "lone", "backlog", "queues");
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warm-up-seconds", 45));
    private static final Duration DRAINED = Duration.ofMinutes(40);
    private static final int JOBS = Integer.getInteger("bench.jobs", 200_000);
    private static final int MILLION = Integer.getInteger("bench.million", 1_000_000);
    private static final int RATE = Integer.getInteger("bench.rate", 6_600);
    private static final int INBOX_ROWS = Integer.getInteger("bench.inbox", 1_000_000);

    private final Vertx vertx = Vertx.vertx();
    private final Figures figures = new Figures();
    private double backlogPerSecond = Double.NaN;

    private WorkBench() {}

    /**
     * Runs; the jar is where {@code -Dskelly.jar} says, else {@code target/skelly.jar}. The sizes are {@code -Dbench.jobs}, {@code bench.million},
     * {@code bench.inbox} (rows), {@code bench.rate} (events a second) and {@code bench.warm-up-seconds}.
     *
     * @param arguments steps; {@code work} stands for its four
     */
    public static void main(String[] arguments) throws Exception {
        Thread.currentThread().setUncaughtExceptionHandler((main, failure) -> {
            failure.printStackTrace();
            System.exit(1); // The load's threads would keep a failed run alive.
        });
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // The node starts without what the suite prepares.
        new WorkBench().measure(List.of(arguments));
        System.exit(0);
    }

    private void measure(List<String> named) throws Exception {
        var steps = new LinkedHashMap<String, Step>();
        steps.put("emitting", this::emitting);
        steps.put("lone", this::lone);
        steps.put("backlog", this::backlog);
        steps.put("million", this::million);
        steps.put("inbox", this::inbox);
        steps.put("queues", this::queues);
        var wanted = new ArrayList<>(named);
        if (wanted.remove("work")) {
            wanted.addAll(WORK);
        }
        if (!steps.keySet().containsAll(wanted)) {
            throw new IllegalArgumentException(
                    "steps " + wanted + " (expected: work, or some of " + steps.keySet() + ")");
        }
        try (var node = WorkNode.start(vertx)) {
            if (!List.of("inbox").equals(wanted)) {
                warmUp(node);
            }
            for (var step : steps.entrySet()) {
                if (wanted.contains(step.getKey())) {
                    step.getValue().run(node);
                }
            }
            figures.printJson();
        }
    }

    /* Two seconds of emitting and the work that it made, again and again: neither the node nor the figures start with a backlog. */
    private void warmUp(WorkNode node) {
        var load = node.load();
        var end = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() < end) {
            var before = node.effects();
            WorkNode.on(load.perSecond(node.requests(), Duration.ofSeconds(2)));
            drained(node, before + load.accepted());
        }
    }

    /* The requests that were under way at the end of a load are answered by then. */
    private void drained(WorkNode node, long effects) {
        node.until("all events have their effect", DRAINED, () -> node.effects() >= effects);
        node.rest(Duration.ofMillis(500));
    }

    private void emitting(WorkNode node) {
        emitting(node, "", RATE, 3);
        emitting(node, "Unbounded", 0, 1);
    }

    /* The backlog is what was answered with 202 and has no effect yet; it is read every ten seconds. */
    private void emitting(WorkNode node, String how, int rateMax, int tens) {
        var load = node.load();
        var before = node.effects();
        var began = System.nanoTime();
        var running = load.perSecond(node.requests(), Duration.ofSeconds(10L * tens), rateMax);
        for (var ten = 1; ten <= tens; ten++) {
            var over = began + TimeUnit.SECONDS.toNanos(10L * ten);
            node.until("ten seconds", Duration.ofSeconds(20), () -> System.nanoTime() >= over);
            var backlog = load.accepted() - (node.effects() - before);
            figures.show("emitting" + how + "BacklogAfter" + ten * 10 + "s", (double) backlog);
        }
        var effects = node.effects() - before;
        figures.show("emitting" + how + "EffectsPerSecond", effects * 1e9 / (System.nanoTime() - began));
        figures.show("emitting" + how + "EventsPerSecond", WorkNode.on(running));
        drained(node, before + load.accepted());
    }

    private void lone(WorkNode node) throws Exception {
        try (var events = new LoneEvents(node)) {
            events.measure(figures);
        }
    }

    private void backlog(WorkNode node) throws Exception {
        backlogPerSecond = new Backlog(node).drain(JOBS);
        figures.show("backlogEffectsPerSecond", backlogPerSecond);
    }

    private void million(WorkNode node) throws Exception {
        var backlog = new Backlog(node);
        figures.show("millionEffectsPerSecond", backlog.drain(MILLION));
        backlog.showMemory(figures);
    }

    private void queues(WorkNode node) throws Exception {
        node.serversAlone();
        new Queues(node, JOBS).measure(figures, backlogPerSecond);
    }

    private void inbox(WorkNode node) throws Exception {
        node.serversAlone();
        new InboxSize(node).measure(figures, INBOX_ROWS);
    }
}
