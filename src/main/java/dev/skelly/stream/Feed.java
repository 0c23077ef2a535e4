package dev.skelly.stream;

import dev.skelly.bus.BusChannels;
import dev.skelly.bus.LiveBatch;
import dev.skelly.bus.MessageBus;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.LogSource;
import dev.skelly.view.EventViews;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node in step with the log: applies live batches that continue its head, and reads the log when they do not.
 *
 * <p>One per node, deployed before the HTTP part and undeployed after it. Streams open and wait until the log is reachable.
 */
public final class Feed implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Feed.class);

    private final String node;
    private final MessageBus bus;
    private final LogSource log;
    private final StreamConfig config;
    private final Supplier<EventViews> views;
    private final EventDecryptor unsealing;
    private final StreamMetrics meters;
    private final ChannelSubscriptions interests;
    private final UpdateBatcher desk = new UpdateBatcher();
    private final GapFiller gaps;

    private volatile @Nullable Context context; // Set once, when deployed.
    private volatile @Nullable CursorCodec cursors; // Written on the context, read by hubs.

    // Confined to the deployment's context.
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private long head = EventRingBuffer.UNKNOWN;
    private Future<Void> updating = Future.succeededFuture();
    private boolean asking; // The log's start is unknown, or it may have continued without this feed.
    private boolean announcing;
    private boolean redeclared; // The hubs do not know yet that the declarations changed.
    private long timer = -1;

    /**
     * Creates the feed of a node.
     *
     * @param node its name on the bus
     * @param views decides how events are shown to readers
     * @param decryptor decrypts fields for the readers who see them
     */
    public Feed(
            String node,
            MessageBus bus,
            LogSource log,
            Supplier<EventViews> views,
            FieldDecryptor decryptor,
            StreamConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.node = node;
        this.bus = bus;
        this.log = log;
        this.config = config;
        this.views = views;
        this.unsealing = new EventDecryptor(decryptor, views);
        this.meters = new StreamMetrics(meters);
        this.interests = new ChannelSubscriptions(clock.millis());
        this.gaps = new GapFiller(log, meters(), () -> head, this::apply);
    }

    @Override
    public Future<?> deploy(Context context) {
        this.context = context;
        consumers.add(bus.subscribe(BusChannels.LIVE.at(node), this::receive));
        consumers.add(bus.subscribe(BusChannels.ELECTED, elected -> announce()));
        timer = context.owner().setPeriodic(config.healInterval().toMillis(), id -> heal());
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .compose(ready -> ask());
    }

    @Override
    public Future<?> undeploy(Context context) {
        context.owner().cancelTimer(timer);
        bus.publish(BusChannels.INTEREST, interests.leaving(node));
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
    }

    /** Returns the cursor codec; empty until the log was reached. */
    Optional<CursorCodec> cursors() {
        return Optional.ofNullable(cursors);
    }

    EventDecryptor unsealing() {
        return unsealing;
    }

    EventViews views() {
        return views.get();
    }

    /** Shows events by the present declarations from now on, and checks open streams again. Callable from any context. */
    public void redeclare() {
        if (context != null) {
            run(() -> {
                redeclared = head == EventRingBuffer.UNKNOWN; // Then the hubs learn of it with the first head.
                if (!redeclared) {
                    desk.restart(FeedUpdate.UpdateKind.REDECLARED, head);
                }
            });
        }
    }

    /** Creates the entry of an event for sessions. */
    EncodedEvent entry(StoredEvent event, CursorCodec known) {
        return new EncodedEvent(event, views.get().show(event), known);
    }

    StreamMetrics meters() {
        return meters;
    }

    /** Subscribes a hub to all updates. Callable from any context. */
    void join(HubInbox subscriber) {
        run(() -> desk.join(subscriber));
    }

    /** Unsubscribes a hub. Callable from any context. */
    void leave(HubInbox subscriber, Collection<Integer> buckets) {
        run(() -> {
            desk.leave(subscriber);
            drop(buckets);
        });
    }

    /**
     * Requests updates for more buckets of a hub. Callable from any context.
     *
     * @param covered called on {@code caller} with the position of each bucket after which the updates contain all its events
     */
    void want(Collection<Integer> buckets, Context caller, Consumer<Map<Integer, Long>> covered) {
        run(() -> upToDate().onComplete(asked -> {
            var since = new HashMap<Integer, Long>();
            buckets.forEach(bucket -> since.put(bucket, interests.add(bucket, head)));
            announceChange();
            caller.runOnContext(turn -> covered.accept(since));
        }));
    }

    /* Without readers this node receives no batches: the first reader must not receive events from before it came. */
    private Future<Void> upToDate() {
        if (interests.none() && head != EventRingBuffer.UNKNOWN && updating.isComplete()) {
            updating = log.head().map(this::skipTo).otherwise(this::outOfReach);
        }
        return updating;
    }

    private Void skipTo(long position) {
        var known = cursors;
        return position > head && interests.none() && known != null
                ? restart(FeedUpdate.UpdateKind.SKIPPED, known, position)
                : null;
    }

    /** Releases buckets for which a hub has no readers any more. Callable from any context. */
    void giveUp(Collection<Integer> buckets) {
        run(() -> drop(buckets));
    }

    private void drop(Collection<Integer> buckets) {
        buckets.forEach(interests::drop);
        announceChange();
    }

    private void run(Runnable work) {
        deployed().runOnContext(turn -> work.run());
    }

    private Context deployed() {
        var present = context;
        if (present == null) {
            throw new IllegalStateException("the feed is not deployed");
        }
        return present;
    }

    private void announceChange() {
        if (interests.unannounced() && !announcing) {
            announcing = true;
            deployed().runOnContext(turn -> {
                announcing = false;
                announce();
            });
        }
    }

    private void announce() {
        bus.publish(BusChannels.INTEREST, interests.announcement(node));
    }

    private void heal() {
        announce();
        desk.remind();
        unsealing.tidy();
        if (!asking) {
            asking = true;
            ask().onComplete(end -> asking = false);
        }
    }

    /* Never fails: the timer retries while the log is unreachable. */
    private Future<Void> ask() {
        var before = head;
        return log.cursors()
                .compose(found -> log.head().map(position -> compare(before, found, position)))
                .otherwise(this::outOfReach);
    }

    private Void outOfReach(Throwable failure) {
        LOGGER.atWarn().setCause(failure).log("the log is out of reach, streams wait");
        return null;
    }

    /* The log's head was read after this feed's head, and only a restored log takes positions back. */
    private Void compare(long before, CursorCodec found, long position) {
        var known = cursors;
        if (known == null || before == EventRingBuffer.UNKNOWN) {
            return restart(FeedUpdate.UpdateKind.SKIPPED, found, position);
        }
        if (!known.isOfSameLog(found) || position < before) {
            LOGGER.atWarn()
                    .addKeyValue("head", before)
                    .addKeyValue("log", position)
                    .log("the log was restored to an earlier state or has another epoch, readers start again");
            var kind = known.isOfSameLog(found) ? FeedUpdate.UpdateKind.RESTORED : FeedUpdate.UpdateKind.NEW_EPOCH;
            return restart(kind, found, position < before ? position : Math.max(position, head));
        }
        if (interests.none()) {
            return skipTo(position);
        }
        if (position > head) {
            gaps.readOn(position);
        }
        return null;
    }

    private Void restart(FeedUpdate.UpdateKind kind, CursorCodec found, long position) {
        cursors = found;
        head = position;
        interests.restart(position);
        meters.head(position);
        desk.restart(redeclared ? FeedUpdate.UpdateKind.REDECLARED : kind, position);
        redeclared = false;
        return null;
    }

    private void receive(LiveBatch batch) {
        if (head == EventRingBuffer.UNKNOWN || batch.to() <= head) {
            return;
        }
        if (batch.from() > head || batch.interest() != interests.version()) {
            gaps.readOn(batch.to());
        } else {
            apply(batch.events(), batch.to());
        }
    }

    /* Events up to the current head are skipped. */
    private void apply(List<StoredEvent> events, long to) {
        var known = cursors;
        if (known == null) {
            return;
        }
        var entries = new ArrayList<EncodedEvent>(events.size());
        for (var event : events) {
            if (event.position() > head && interests.covers(event)) {
                entries.add(entry(event, known));
            }
        }
        head = to;
        meters.head(to);
        desk.add(deployed(), entries, to);
    }
}
