package dev.skelly.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * Measures the streams of the jar and those of nchan in one run: {@code fanout}, {@code latency-stream}, {@code idle} and {@code targeted} make up
 * {@code scripts/bench stream}. Each figure is printed as soon as it is known, then all as one JSON line. The name of a figure of nchan begins with
 * nchan; one that ends in {@code OfNchan} is ours by nchan's.
 *
 * <p>Server and database have the first core, the generator the second one; {@code …TwoCores…} are figures of servers that may use both. Processes
 * of servers are fresh for {@code fanout} and {@code latency-stream} together, for {@code latency-stream} on two cores, and for the rest.
 */
public final class StreamBench {

    private static final Set<String> STEPS = Set.of("fanout", "latency-stream", "idle", "targeted");
    private static final int READERS = Integer.getInteger("bench.readers", 1_000);
    private static final int IDLE = Integer.getInteger("bench.idle", 15_000);
    private static final String RESIDENT_HEAP =
            "-Xms512m -XX:+AlwaysPreTouch"; // As much as nodes of the tests may have.
    private static final int OTHERS_MAX_PERCENT = 20;
    private static final boolean NCHAN = Boolean.parseBoolean(System.getProperty("bench.nchan", "true"));

    /* Of nchan's frame, what is not text: an id with a counter of three digits, and the names of the fields. */
    private static final int NCHAN_FRAME_BYTES =
            "id: 1700000000:100\ndata: \n\n".length() + Post.data(0).length();

    private final Vertx vertx = Vertx.vertx();
    private final Figures figures = new Figures();
    private final Set<String> steps;
    private final boolean nchan;
    private int frameBytes;

    private StreamBench(Set<String> steps) {
        this.steps = steps;
        this.nchan = NCHAN && NchanStreams.installed();
        if (NCHAN && !nchan) {
            System.out.println(
                    "nchan is left out: it is not installed. Debian, Ubuntu: apt-get install nginx libnginx-mod-nchan");
        }
    }

    /**
     * Runs; the jar is where {@code -Dskelly.jar} says, else {@code target/skelly.jar}. {@code -Dbench.nchan=false} leaves nchan out. Sizes:
     * {@code -Dbench.readers}, {@code bench.idle}.
     *
     * @param arguments steps; {@code stream} stands for all
     */
    public static void main(String[] arguments) throws Exception {
        Thread.currentThread().setUncaughtExceptionHandler((main, failure) -> {
            failure.printStackTrace();
            System.exit(1); // The threads of the load would keep a failed run alive.
        });
        Awaitility.setDefaultTimeout(
                Duration.ofMinutes(2)); // The node starts on one core, without what the suite prepares.
        var steps = new LinkedHashSet<>(List.of(arguments));
        if (steps.remove("stream")) {
            steps.addAll(STEPS);
        }
        if (!STEPS.containsAll(steps)) {
            throw new IllegalArgumentException("steps " + steps + " (expected: stream, or some of " + STEPS + ")");
        }
        new StreamBench(steps).run();
        System.exit(0);
    }

    private interface Measurement<S extends StreamServer> {
        void run(S server, StreamLoad load) throws IOException;
    }

    private void run() throws IOException {
        if (steps.contains("fanout") || steps.contains("latency-stream")) {
            both(StreamServer.ONE_CORE, this::onOneCore);
        }
        if (steps.contains("latency-stream")) {
            both(StreamServer.TWO_CORES, (server, load) -> latency(server, load, "TwoCores"));
        }
        if (steps.contains("idle") || steps.contains("targeted")) {
            ours(StreamServer.ONE_CORE, RESIDENT_HEAP, this::withManyOpen);
        }
        if (steps.contains("idle") && nchan) {
            nchan(StreamServer.ONE_CORE, (server, load) -> new IdleStreams(server, load, figures).measure(IDLE));
        }
        new StreamRatios(figures).show();
        var others = figures.largest("OthersCpuPercent");
        if (others > OTHERS_MAX_PERCENT) {
            System.out.printf("These figures are no good: other programs used up to %.0f %% of a core.%n", others);
        }
        figures.printJson();
    }

    private void both(String cores, Measurement<StreamServer> measurement) throws IOException {
        ours(cores, "", measurement::run);
        if (nchan) {
            nchan(cores, measurement);
        }
    }

    private void ours(String cores, String flags, Measurement<SkellyStreams> measurement) throws IOException {
        try (var server = SkellyStreams.start(vertx, cores, flags);
                var load = new StreamLoad(server)) {
            frameBytes = load.calibrate();
            figures.show("frameBytes", frameBytes);
            measurement.run(server, load);
        }
    }

    private void nchan(String cores, Measurement<StreamServer> measurement) throws IOException {
        try (var server = NchanStreams.start(cores, frameBytes - NCHAN_FRAME_BYTES);
                var load = new StreamLoad(server)) {
            figures.show("nchanFrameBytes", load.calibrate());
            measurement.run(server, load);
        }
    }

    private void onOneCore(StreamServer server, StreamLoad load) {
        load.open(READERS, server::reading);
        var fanOut = new FanOut(server, load, figures);
        if (steps.contains("fanout")) {
            fanOut.oneByOne();
            if (server instanceof SkellyStreams) {
                fanOut.batches();
            } else {
                fanOut.pipelined();
            }
        }
        if (steps.contains("latency-stream")) {
            fanOut.latency("OneCore");
        }
    }

    private void latency(StreamServer server, StreamLoad load, String cores) {
        load.open(READERS, server::reading);
        new FanOut(server, load, figures).latency(cores);
    }

    private void withManyOpen(SkellyStreams server, StreamLoad load) throws IOException {
        if (steps.contains("idle")) {
            new IdleStreams(server, load, figures).measure(IDLE);
        }
        if (steps.contains("targeted")) {
            new TargetedEvents(server, load, figures).measure(IDLE);
        }
    }
}
