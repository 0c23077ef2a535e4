package dev.skelly.stream;

import dev.skelly.bus.BusChannel;
import dev.skelly.bus.MessageBus;
import dev.skelly.feature.NodeEnvironment;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the nodes' knowledge of who is present in step, and tells the readers of this node what changed.
 *
 * <p>Each node publishes its own changes with a version, and the version alone every few seconds. A node that finds a version missing asks for
 * the whole state; a node that was not heard for 20 s is forgotten. So every node is right within 30 s after any loss.
 */
final class PresenceExchange {

    private static final BusChannel<PresenceUpdate> UPDATES = new BusChannel<>("skelly.presence", PresenceUpdate.class);
    private static final BusChannel<PresenceRequest> REQUESTS =
            new BusChannel<>("skelly.presence-asked", PresenceRequest.class);
    private static final int PART_ENTRIES = 500;
    private static final long GATHER_MILLIS = 20;
    private static final long TICK_MILLIS = 3_000;
    private static final Duration HEARD_MAX = Duration.ofSeconds(20);

    /** What this node knows of another one's messages. */
    private static final class Peer {
        private boolean known; // Its whole state was read.
        private long version;
        private long heardAt;
        private final Map<Integer, List<PresenceEntry>> parts = new HashMap<>();
    }

    private final String node;
    private final Supplier<Instant> now;
    private final MessageBus bus;
    private final PresenceConfig config;
    private final Consumer<LiveMessage> readers;
    private final OwnPresence own;
    private final OwnPresence online; // Who has an open stream; bounded by their limit.
    private final PresenceMessages messages;
    private final long startedAt = System.nanoTime();
    private final Instant began;
    private final PresenceRegistry registry = new PresenceRegistry();
    private final Map<String, Peer> peers = new HashMap<>(); // Confined to the context, like all below.
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private final Map<OwnPresence.PresencePlace, PresenceEntry> unsent = new LinkedHashMap<>();
    private volatile @Nullable Context context;
    private long version;
    private boolean sending;
    private boolean telling;
    private long toldAt;
    private long timer = -1;

    PresenceExchange(
            NodeEnvironment environment, MessageBus bus, PresenceConfig config, Consumer<LiveMessage> readers) {
        this.node = environment.node();
        this.now = environment.clock()::instant;
        this.bus = bus;
        this.config = config;
        this.readers = readers;
        this.own = new OwnPresence(config.grace(), config.entriesMax());
        this.online = new OwnPresence(config.grace(), Integer.MAX_VALUE);
        this.messages = new PresenceMessages(environment);
        this.began = now.get();
    }

    Future<Void> start(Context here) {
        context = here;
        consumers.add(bus.subscribe(UPDATES, this::hear));
        consumers.add(bus.subscribe(REQUESTS, this::asked));
        timer = here.owner().setPeriodic(TICK_MILLIS, tick -> tick());
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .onSuccess(ready -> bus.publish(REQUESTS, new PresenceRequest("")))
                .mapEmpty();
    }

    Future<Void> stop() {
        here().owner().cancelTimer(timer);
        bus.publish(UPDATES, new PresenceUpdate(node, version, 0, 0, true, List.of()));
        var left = Promise.<Void>promise();
        // A turn later: this node hears its own message, and a consumer that is gone by then makes a warning of it.
        here().runOnContext(heard -> Future.join(
                        consumers.stream().map(MessageConsumer::unregister).toList())
                .<Void>mapEmpty()
                .onComplete(left));
        return left.future();
    }

    private Context here() {
        var present = context;
        if (present == null) {
            throw new IllegalStateException("presence is not deployed");
        }
        return present;
    }

    private <T> Future<T> on(Supplier<T> work) {
        var done = Promise.<T>promise();
        here().runOnContext(turn -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException refused) {
                done.fail(refused);
            }
        });
        return done.future();
    }

    Future<PresenceRegistry.PresencePage> enter(
            OwnPresence.PresencePlace place, String holder, @Nullable String name, String state, boolean lasting) {
        return on(() -> {
            var at = now.get();
            changed(own.enter(place, holder, name, state, lasting ? null : at.plus(config.life()), at));
            return registry.page(place.channel(), Optional.empty(), PresenceMessages.LISTED_MAX);
        });
    }

    Future<Void> leave(OwnPresence.PresencePlace place, String holder) {
        return on(() -> {
            own.leave(place, holder, now.get()).forEach(this::changed);
            return null;
        });
    }

    Future<PresenceRegistry.PresencePage> page(String channel, Optional<UUID> after, int limit) {
        return on(() -> registry.page(channel, after, limit));
    }

    /** Notes that a connection opened. A further one of a person who is online changes nothing that others must hear. */
    void opened(UUID account, String holder) {
        here().runOnContext(turn -> {
            var place = new OwnPresence.PresencePlace(PresenceMessages.ONLINE, account);
            var first = !online.keeps(place);
            var entry = online.enter(place, holder, null, "{}", null, now.get());
            if (first) {
                changed(entry);
            }
        });
    }

    void closed(String holder) {
        here().runOnContext(turn -> {
            own.closed(holder, now.get());
            online.closed(holder, now.get());
        });
    }

    private void changed(PresenceEntry entry) {
        registry.put(node, entry);
        unsent.put(new OwnPresence.PresencePlace(entry.channel(), entry.account()), entry);
        if (!sending) {
            sending = true;
            here().owner().setTimer(GATHER_MILLIS, turn -> send());
        }
        tellSoon();
    }

    private void send() {
        sending = false;
        var entries = List.copyOf(unsent.values());
        unsent.clear();
        for (var from = 0; from < entries.size(); from += PART_ENTRIES) {
            version++;
            var some = entries.subList(from, Math.min(entries.size(), from + PART_ENTRIES));
            bus.publish(UPDATES, new PresenceUpdate(node, version, 0, 0, false, some));
        }
    }

    private void tick() {
        own.sweep(now.get()).forEach(this::changed);
        online.sweep(now.get()).forEach(this::changed);
        bus.publish(UPDATES, new PresenceUpdate(node, version, 0, 0, false, List.of()));
        var silent = peers.entrySet().stream()
                .filter(peer -> System.nanoTime() - peer.getValue().heardAt > HEARD_MAX.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        silent.forEach(this::forget);
    }

    private void forget(String peer) {
        peers.remove(peer);
        registry.replace(peer, List.of(), Instant.MIN);
        tellSoon();
    }

    private void asked(PresenceRequest request) {
        if (!request.node().isEmpty() && !request.node().equals(node)) {
            return;
        }
        var all = Stream.of(own, online).flatMap(kept -> kept.all().stream()).toList();
        var parts = Math.max(1, (all.size() + PART_ENTRIES - 1) / PART_ENTRIES);
        for (var part = 1; part <= parts; part++) {
            var some = all.subList((part - 1) * PART_ENTRIES, Math.min(all.size(), part * PART_ENTRIES));
            bus.publish(UPDATES, new PresenceUpdate(node, version, part, parts, false, some));
        }
    }

    private void hear(PresenceUpdate update) {
        if (update.node().equals(node)) {
            return;
        }
        if (update.leaving()) {
            // Its people may be on their way to another node.
            here().owner().setTimer(config.grace().toMillis(), turn -> forget(update.node()));
            return;
        }
        var peer = peers.computeIfAbsent(update.node(), name -> new Peer());
        peer.heardAt = System.nanoTime();
        if (update.part() > 0) {
            whole(peer, update);
        } else if (update.entries().isEmpty()) {
            if (update.version() != peer.version) {
                bus.publish(REQUESTS, new PresenceRequest(update.node()));
            }
        } else {
            // A gap shows at the next version alone; what this update says is right in any case.
            peer.version = update.version() == peer.version + 1 ? update.version() : peer.version;
            update.entries().forEach(entry -> registry.put(update.node(), entry));
            tellSoon();
        }
    }

    private void whole(Peer peer, PresenceUpdate update) {
        if (update.part() == 1) {
            peer.parts.clear();
        }
        peer.parts.put(update.part(), update.entries());
        if (peer.parts.size() == update.parts()) {
            var all = peer.parts.values().stream().flatMap(List::stream).toList();
            peer.parts.clear();
            peer.version = update.version();
            registry.replace(update.node(), all, heardBefore(peer));
            peer.known = true;
            tellSoon();
        }
    }

    /* Who was on another node before this one started did not come now, and its readers are not told so. */
    private Instant heardBefore(Peer peer) {
        var starting = System.nanoTime() - startedAt < HEARD_MAX.toNanos();
        return starting && !peer.known ? began : Instant.MIN;
    }

    /* The first change after a pause is told at once; the next ones wait for the period to be over. */
    private void tellSoon() {
        if (telling || !registry.hasChanges()) {
            return;
        }
        telling = true;
        var wait = config.period().toMillis()
                - Duration.ofNanos(System.nanoTime() - toldAt).toMillis();
        here().owner().setTimer(Math.max(GATHER_MILLIS, wait), turn -> {
            telling = false;
            toldAt = System.nanoTime();
            registry.takeChanges().forEach(changes -> messages.of(changes).forEach(readers));
        });
    }
}
