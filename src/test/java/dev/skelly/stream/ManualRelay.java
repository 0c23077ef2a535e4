package dev.skelly.stream;

import dev.skelly.bus.BusChannels;
import dev.skelly.bus.ChannelBuckets;
import dev.skelly.bus.ChannelInterest;
import dev.skelly.bus.LiveBatch;
import dev.skelly.bus.MessageBus;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Stamps and sends out when a test says so, over a wire that the test may make a bad one. */
final class ManualRelay {

    private final Pool pool;
    private final MessageBus bus;
    private final Map<String, ChannelInterest> interests = new ConcurrentHashMap<>();
    private volatile BiConsumer<LiveBatch, Consumer<LiveBatch>> wire = (batch, send) -> send.accept(batch);
    private Future<Void> stamped = Future.succeededFuture();

    ManualRelay(Pool pool, MessageBus bus) {
        this.pool = pool;
        this.bus = bus;
    }

    Future<Void> start() {
        return bus.subscribe(BusChannels.INTEREST, interest -> interests.put(interest.node(), interest))
                .completion()
                .compose(ready -> pool.query("update relay_lease set epoch = 1, holder = 'test'")
                        .execute())
                .mapEmpty();
    }

    /** What happens to a batch on its way; nothing by default. */
    void wire(BiConsumer<LiveBatch, Consumer<LiveBatch>> behaviour) {
        this.wire = behaviour;
    }

    /** Whether some node follows a channel. */
    boolean follows(String channel) {
        return interests.values().stream()
                .anyMatch(interest -> interest.buckets().contains(ChannelBuckets.of(channel)));
    }

    /** Stamps all there is, in batches of at most {@code rowsMax}; one call after the other. */
    synchronized Future<Void> stamp(int rowsMax) {
        stamped = stamped.compose(before -> round(rowsMax));
        return stamped;
    }

    private Future<Void> round(int rowsMax) {
        return pool.preparedQuery("select * from stamp_events(1::bigint, 0::bigint, $1::int, 100000000::bigint)")
                .execute(Tuple.of(rowsMax))
                .compose(rows -> {
                    List<StoredEvent> events = new ArrayList<>();
                    rows.forEach(row -> events.add(LogReader.envelope(row)));
                    if (events.isEmpty()) {
                        return Future.succeededFuture();
                    }
                    publish(events);
                    return round(rowsMax);
                });
    }

    private void publish(List<StoredEvent> events) {
        var from = events.get(0).position() - 1;
        var to = events.get(events.size() - 1).position();
        interests.forEach((node, interest) -> {
            var chosen = events.stream()
                    .filter(event -> event.channels().stream()
                            .anyMatch(channel -> interest.buckets().contains(ChannelBuckets.of(channel))))
                    .toList();
            wire.accept(
                    new LiveBatch(from, to, interest.version(), chosen),
                    batch -> bus.publish(BusChannels.LIVE.at(node), batch));
        });
    }
}
