package dev.skelly.bench;

import java.time.Duration;

/** Events to the channels of a few people while others hold many streams: their cost must not grow with those. */
final class TargetedEvents {

    private static final int FEW = 200;
    private static final int PUBLISHERS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(10);

    private final SkellyStreams server;
    private final StreamLoad load;
    private final Figures figures;

    TargetedEvents(SkellyStreams server, StreamLoad load, Figures figures) {
        this.server = server;
        this.load = load;
        this.figures = figures;
    }

    /**
     * Measures with many streams, then with few, so that a server that is still warming up looks worse with many. Each publisher reads its own channel.
     */
    void measure(int many) {
        load.open(Math.max(0, many - load.size()), server::idle);
        load.open(PUBLISHERS, server::own);
        load.publishWith(PUBLISHERS, server::postToSelf);
        var withMany = cost("targetedAtMany", Duration.ofSeconds(15));
        load.closeLast(load.size());
        load.open(FEW - PUBLISHERS, server::idle);
        load.open(PUBLISHERS, server::own);
        load.awaitQuiet();
        var withFew = cost("targetedAtFew", WARM_UP);
        figures.show("targetedCostManyOfFew", withMany / withFew);
    }

    /* Microseconds of processor time of server and database for each event that a reader got. */
    private double cost(String name, Duration warmUp) {
        load.begin(1);
        StreamLoad.rest(warmUp);
        var counted = load.count(MEASURED);
        load.stop();
        var micros = counted.cpu().server() * 1e6 / counted.events();
        figures.show(name + "Streams", load.size());
        figures.show(name + "EventsPerSecond", counted.events());
        figures.show(name + "CpuMicrosPerEvent", micros);
        counted.cpu().show(figures, name);
        return micros;
    }
}
