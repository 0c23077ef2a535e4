package dev.skelly.bench;

import java.io.IOException;
import java.time.Duration;

/** What a stream costs that nothing is sent to but heartbeats. */
final class IdleStreams {

    private static final int FIRST = 500;
    private static final Duration ALONE = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(60); // Two heartbeats of 25 s, and a bit.

    private final StreamServer server;
    private final StreamLoad load;
    private final Figures figures;

    IdleStreams(StreamServer server, StreamLoad load, Figures figures) {
        this.server = server;
        this.load = load;
        this.figures = figures;
    }

    /**
     * Measures, and closes the streams. What the first streams leave behind, such as compiled code, is not theirs; so a server's own time is measured
     * last. The heap of our server is resident from its start, so what a stream keeps there is added to what its process grows by.
     */
    void measure(int streams) throws IOException {
        load.open(FIRST, server::idle);
        load.closeLast(FIRST);
        load.awaitQuiet();
        var heap = liveHeap();
        var resident = ProcessFigures.residentBytes(server.holder());
        load.open(streams, server::idle);
        StreamLoad.rest(SETTLED);
        var heapGrowth = liveHeap() - heap;
        var growth = ProcessFigures.residentBytes(server.holder()) - resident;
        show("idleStreams", streams);
        if (heapGrowth > 0) {
            show("idleLiveHeapBytesPerStream", heapGrowth / streams);
        }
        show("idleResidentBytesPerStream", (heapGrowth + growth) / streams);
        var cpu = load.count(MEASURED).cpu();
        load.closeLast(streams);
        StreamLoad.rest(SETTLED);
        var alone = load.count(ALONE).cpu().server();
        show("idleCpuMicrosPerStreamAndSecond", (cpu.server() - alone) * 1e6 / streams);
        show("idleServersOwnCpuPercent", alone * 100);
        cpu.show(figures, server.figure("idle"));
    }

    private double liveHeap() throws IOException {
        return server instanceof SkellyStreams ? ProcessFigures.liveHeapBytes(server.holder()) : 0;
    }

    private void show(String name, double value) {
        figures.show(server.figure(name), value);
    }
}
