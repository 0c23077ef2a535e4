package dev.skelly.bench;

/**
 * Processor time of a while, by time: 1 is one core.
 *
 * @param server of the server and its children
 * @param generator of this process; near 1 it was the bound
 * @param others of everything else on this machine; figures are good for nothing when it is not near 0
 */
record CpuUse(double server, double generator, double others) {

    /** Begins to measure. */
    static Begun begin(ProcessHandle server) {
        return new Begun(
                server,
                System.nanoTime(),
                ProcessFigures.cpuSeconds(server),
                ProcessFigures.ownCpuSeconds(),
                ProcessFigures.machineCpuSeconds());
    }

    /** What the clocks showed at the beginning. */
    record Begun(ProcessHandle process, long nanos, double server, double generator, double machine) {

        /** Returns the use from the beginning until now. */
        CpuUse end() {
            var seconds = (System.nanoTime() - nanos) / 1e9;
            var servers = ProcessFigures.cpuSeconds(process) - server;
            var own = ProcessFigures.ownCpuSeconds() - generator;
            var all = ProcessFigures.machineCpuSeconds() - machine;
            return new CpuUse(servers / seconds, own / seconds, Math.max(0, all - servers - own) / seconds);
        }
    }

    void show(Figures figures, String name) {
        figures.show(name + "ServerCpuPercent", server * 100);
        figures.show(name + "GeneratorCpuPercent", generator * 100);
        figures.show(name + "OthersCpuPercent", others * 100);
    }
}
