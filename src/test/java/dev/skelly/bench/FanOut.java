package dev.skelly.bench;

import java.time.Duration;
import java.util.function.IntFunction;

/** Events to all readers: how many are delivered a second, and how late at a modest rate. */
final class FanOut {

    private static final int CONNECTIONS = SkellyStreams.PUBLISHERS;
    private static final int BATCH = 50;
    private static final int WINDOW = 8;
    private static final int RATE = 50;
    private static final int RATE_CONNECTIONS = 4;
    private static final int RATE_WARM_UP = 3 * RATE;
    private static final int RATE_EVENTS = 12 * RATE;
    // On one core the server compiles itself for half a minute.
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.stream-warm-up-seconds", 40));
    private static final Duration MEASURED = Duration.ofSeconds(10);

    private final StreamServer server;
    private final StreamLoad load;
    private final Figures figures;

    FanOut(StreamServer server, StreamLoad load, Figures figures) {
        this.server = server;
        this.load = load;
        this.figures = figures;
    }

    /** Single events over connections that each wait for the answer. */
    void oneByOne() {
        deliver("oneByOne", 1, n -> server.post(n, 1));
    }

    /** Single events with several requests under way on each connection: the generator's turn is no limit then. */
    void pipelined() {
        deliver("pipelined", WINDOW, n -> server.post(n, 1));
    }

    /** The same as one by one, with requests of 50 events. */
    void batches() {
        deliver("batches", 1, n -> server.post(n, BATCH));
    }

    private void deliver(String what, int window, IntFunction<Post> post) {
        var name = server.figure(what);
        load.publishWith(CONNECTIONS, post);
        var expected = load.expected();
        load.begin(window);
        StreamLoad.rest(WARM_UP);
        var counted = load.count(MEASURED);
        load.stop();
        figures.show(name + "DeliveriesPerSecond", counted.events());
        figures.show(
                name + "DeliveriesPerCpuSecond",
                counted.events() / counted.cpu().server()); // Less disturbed by other programs.
        figures.show(name + "RequestsPerSecond", counted.answers());
        figures.show(name + "BytesPerDelivery", counted.bytes());
        counted.cpu().show(figures, name);
        figures.show(name + "DeliveriesMissing", (double) load.missing(expected.getAsLong()));
        load.awaitQuiet();
    }

    /** From the intended moment of publishing to each reader, at 50 events a second; after a time of single events, which warms a server up. */
    void latency(String cores) {
        load.publishWith(CONNECTIONS, n -> server.post(n, 1));
        load.begin(1);
        StreamLoad.rest(WARM_UP);
        load.stop();
        load.awaitQuiet();
        load.publishWith(RATE_CONNECTIONS, n -> server.post(n, 1));
        var cpu = CpuUse.begin(server.process());
        var arrivals = load.atRate(RATE, RATE_WARM_UP, RATE_EVENTS);
        var use = cpu.end();
        var name = server.figure("latency" + cores);
        figures.show(name + "MsP50", arrivals.millis(0.50));
        figures.show(name + "MsP90", arrivals.millis(0.90));
        figures.show(name + "MsP99", arrivals.millis(0.99));
        use.show(figures, name);
    }
}
