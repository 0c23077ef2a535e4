package dev.skelly.bench;

import java.util.List;

/** Compares figures of one run, ours with nchan's; those that were not measured are left out. */
final class StreamRatios {

    private final Figures figures;

    StreamRatios(Figures figures) {
        this.figures = figures;
    }

    /* nchan has no batches, so both of ours are compared with the better of its two ways to take single events. */
    void show() {
        for (var unit : List.of("DeliveriesPerSecond", "DeliveriesPerCpuSecond")) {
            var nchan = Math.max(figures.get("nchanOneByOne" + unit), figures.get("nchanPipelined" + unit));
            show("oneByOne" + unit + "OfNchan", figures.get("oneByOne" + unit) / nchan);
            show("batches" + unit + "OfNchan", figures.get("batches" + unit) / nchan);
        }
        of("latencyOneCoreMsP50");
        of("latencyOneCoreMsP99");
        of("latencyTwoCoresMsP50");
        of("latencyTwoCoresMsP99");
        of("idleResidentBytesPerStream");
        of("idleCpuMicrosPerStreamAndSecond");
    }

    private void of(String name) {
        var theirs = figures.get(NchanStreams.figureOf(name));
        show(name + "OfNchan", figures.get(name) / theirs);
    }

    private void show(String name, double ratio) {
        if (Double.isFinite(ratio)) {
            figures.show(name, ratio);
        }
    }
}
