package dev.skelly.node;

import dev.skelly.bus.BusChannels;
import dev.skelly.bus.DeclarationDigest;
import dev.skelly.bus.MessageBus;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.health.ReadinessCheck;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the declared event types have no errors and are the same on all nodes. Every node reports its own over the bus each second; a node
 * is named when it has reported others for three seconds, because nodes with a shared folder do not read a change at the same time.
 */
final class DeclarationHealth implements Deployable, ReadinessCheck {

    private static final long EVERY_MILLIS = 1_000;
    private static final Duration SILENT = Duration.ofSeconds(5); // Such a node has ended, or is away.
    private static final Duration DIFFERENT = Duration.ofSeconds(3);

    /**
     * What another node reported last.
     *
     * @param at milliseconds of the clock
     * @param differsSince likewise; null while it uses the same declarations
     */
    private record PeerReport(
            String digest, long at, @Nullable Long differsSince) {}

    private final String node;
    private final Clock clock;
    private final MessageBus bus;
    private final DeclarationWatch watch;
    private final Map<String, PeerReport> peers =
            new ConcurrentHashMap<>(); // The nodes of the cluster; others cannot report.

    DeclarationHealth(NodeEnvironment environment, MessageBus bus, DeclarationWatch watch) {
        this.node = environment.node();
        this.clock = environment.clock();
        this.bus = bus;
        this.watch = watch;
    }

    @Override
    public Future<?> deploy(Context context) {
        context.owner().setPeriodic(EVERY_MILLIS, tick -> report());
        return bus.subscribe(BusChannels.DECLARATIONS, this::hear).completion().onSuccess(subscribed -> report());
    }

    private void report() {
        bus.publish(BusChannels.DECLARATIONS, new DeclarationDigest(node, watch.digest()));
    }

    private void hear(DeclarationDigest report) {
        if (!report.node().equals(node)) {
            var now = clock.millis();
            var same = report.digest().equals(watch.digest());
            peers.compute(report.node(), (peer, before) -> {
                var since = before == null ? null : before.differsSince();
                return new PeerReport(report.digest(), now, same ? null : since == null ? Long.valueOf(now) : since);
            });
        }
    }

    private List<String> different() {
        var now = clock.millis();
        peers.values().removeIf(report -> now - report.at() > SILENT.toMillis());
        return peers.entrySet().stream()
                .filter(peer -> differs(peer.getValue(), now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private boolean differs(PeerReport report, long now) {
        var since = report.differsSince();
        return since != null
                && now - since >= DIFFERENT.toMillis()
                && !report.digest().equals(watch.digest());
    }

    @Override
    public String name() {
        return "declarations";
    }

    @Override
    public boolean vital() {
        return false;
    }

    @Override
    public Future<Void> check() {
        return detail().<Future<Void>>map(Future::failedFuture).orElseGet(Future::succeededFuture);
    }

    @Override
    public Optional<String> detail() {
        var faults = watch.faults().size();
        if (faults > 0) {
            return Optional.of("changed event types have " + faults + (faults == 1 ? " error" : " errors")
                    + " and are not in use; the log lists them");
        }
        var others = different();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("these nodes declare other event types: " + String.join(", ", others));
    }
}
