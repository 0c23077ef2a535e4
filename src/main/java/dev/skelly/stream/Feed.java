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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node in step with the log: applies live batches where they continue its head, and reads the log where they do not.
 *
 * <p>One a node, deployed before the HTTP part and undeployed after it. Needs no database to start: until the log is reached, streams
 * open and wait.
 */
public final class Feed implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Feed.class);

    private final String node;
    private final MessageBus bus;
    private final LogSource log;
    private final StreamConfig config;
    private final EventViews sights;
    private final EventDecryptor unsealing;
    private final StreamMetrics meters;
    private final Interests interests;
    private final UpdateBatcher desk = new UpdateBatcher();
    private final GapFiller gaps;

    private volatile @Nullable Context context; // Set once, when deployed.
    private volatile @Nullable CursorCodec cursors; // Written on the context, read by registries.

    // Confined to the deployment's context.
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private long head = EventRingBuffer.UNKNOWN;
    private Future<Void> updating = Future.succeededFuture();
    private boolean asking; // Where the log begins or whether it went on without us.
    private boolean announcing;
    private long timer = -1;

    /**
     * The feed of a node.
     *
     * @param node its name on the bus
     * @param sights how events are shown to whom
     * @param opener puts sealed fields back for those who see them
     */
    public Feed(
            String node,
            MessageBus bus,
            LogSource log,
            EventViews sights,
            FieldDecryptor opener,
            StreamConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.node = node;
        this.bus = bus;
        this.log = log;
        this.config = config;
        this.sights = sights;
        this.unsealing = new EventDecryptor(opener, sights);
        this.meters = new StreamMetrics(meters);
        this.interests = new Interests(clock.millis());
        this.gaps = new GapFiller(log, meters(), () -> head, this::apply);
    }

    @Override
    public Future<?> deploy(Context context) {
        this.context = context;
        consumers.add(bus.subscribe(BusChannels.LIVE.at(node), this::receive));
        consumers.add(bus.subscribe(BusChannels.ELECTED, elected -> announce()));
        timer = context.owner().setPeriodic(config.healInterval().toMillis(), id -> heal());
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .compose(ready -> begin(FeedUpdate.UpdateKind.SKIPPED));
    }

    @Override
    public Future<?> undeploy(Context context) {
        context.owner().cancelTimer(timer);
        bus.publish(BusChannels.INTEREST, interests.leaving(node));
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
    }

    /** What reads cursors; empty until the log was reached. */
    Optional<CursorCodec> cursors() {
        return Optional.ofNullable(cursors);
    }

    EventDecryptor unsealing() {
        return unsealing;
    }

    EventViews sights() {
        return sights;
    }

    /** An event as sessions get it. */
    EncodedEvent entry(StoredEvent event, CursorCodec known) {
        return new EncodedEvent(event, sights.show(event), known);
    }

    StreamMetrics meters() {
        return meters;
    }

    /** From now on {@code subscriber} hears all news. Callable from any context. */
    void join(HubInbox subscriber) {
        run(() -> desk.join(subscriber));
    }

    /** Callable from any context. */
    void leave(HubInbox subscriber, Collection<Integer> buckets) {
        run(() -> {
            desk.leave(subscriber);
            drop(buckets);
        });
    }

    /**
     * A registry has readers for more buckets. Callable from any context.
     *
     * @param covered told on {@code caller} after which position the news hold all events of each bucket
     */
    void want(Collection<Integer> buckets, Context caller, Consumer<Map<Integer, Long>> covered) {
        run(() -> upToDate().onComplete(asked -> {
            var since = new HashMap<Integer, Long>();
            buckets.forEach(bucket -> since.put(bucket, interests.add(bucket, head)));
            announceChange();
            caller.runOnContext(turn -> covered.accept(since));
        }));
    }

    /* Without readers nobody sends us anything: the first reader must not be given what happened before it came. */
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

    /** A registry has no readers for these buckets any more. Callable from any context. */
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
        if (asking) {
            return;
        }
        asking = true;
        var before = head;
        var asked = before == EventRingBuffer.UNKNOWN
                ? begin(FeedUpdate.UpdateKind.SKIPPED)
                : log.head().compose(position -> compare(before, position)).otherwise(this::outOfReach);
        asked.onComplete(end -> asking = false);
    }

    /* Fails never: a log that is out of reach is asked again by the timer. */
    private Future<Void> begin(FeedUpdate.UpdateKind kind) {
        return log.cursors()
                .compose(found -> log.head().map(position -> restart(kind, found, position)))
                .otherwise(this::outOfReach);
    }

    private Void outOfReach(Throwable failure) {
        LOGGER.atWarn().setCause(failure).log("the log is out of reach, streams wait");
        return null;
    }

    /* The log's head was read after ours was before, and positions are never taken back but by restoring the log. */
    private Future<Void> compare(long before, long position) {
        if (position < before) {
            LOGGER.atWarn()
                    .addKeyValue("head", before)
                    .addKeyValue("log", position)
                    .log("the log was set back, readers are told to begin anew");
            return begin(FeedUpdate.UpdateKind.RESTORED);
        }
        if (interests.none()) {
            return Future.succeededFuture(skipTo(position));
        }
        if (position > head) {
            gaps.readOn(position);
        }
        return Future.succeededFuture();
    }

    private Void restart(FeedUpdate.UpdateKind kind, CursorCodec found, long position) {
        cursors = found;
        head = position;
        meters.head(position);
        desk.restart(kind, position);
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

    /* Whatever overlaps what we have is passed over. */
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
