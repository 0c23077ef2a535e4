package dev.skelly.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;

/** Measures the process: memory, garbage collection, threads, files, processors, and the delay of the event loops. */
public final class RuntimeMetrics implements Deployable {

    private static final Duration LAG_EVERY = Duration.ofMillis(100);

    private final MeterRegistry meters;
    private final int loops;
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    /**
     * Creates the metrics. Measures nothing before it is deployed.
     *
     * @param loops the number of event loops; each gets a probe
     */
    public RuntimeMetrics(MeterRegistry meters, int loops) {
        this.meters = meters;
        this.loops = loops;
    }

    @Override
    public Future<?> deploy(Context context) {
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ClassLoaderMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        garbage.bindTo(meters);
        return probes(context.owner());
    }

    private Future<?> probes(Vertx vertx) {
        var probes = new ArrayList<Future<String>>();
        for (var loop = 0; loop < loops; loop++) {
            probes.add(vertx.deployVerticle(new EventLoopLag(meters, LAG_EVERY)));
        }
        return Future.all(probes);
    }

    @Override
    public Future<?> undeploy(Context context) {
        garbage.close();
        return Future.succeededFuture();
    }
}
