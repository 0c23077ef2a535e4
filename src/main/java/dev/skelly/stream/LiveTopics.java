package dev.skelly.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skelly.bus.BusChannel;
import dev.skelly.bus.BusRecord;
import dev.skelly.bus.MessageBus;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.UserDirectory;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.view.EventViews;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of a topic tell each other without the log: signals, which pass, and who is present. One per node; the methods are
 * callable from any context.
 */
public final class LiveTopics {

    static final int SIGNAL_BYTES_MAX = 8 * 1024;
    static final int STATE_BYTES_MAX = 2 * 1024;

    private static final BusChannel<LiveMessages> MESSAGES =
            new BusChannel<>("skelly.live-messages", LiveMessages.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final int NAMES_MAX = 10_000;
    private static final Duration NAME_KEPT = Duration.ofMinutes(1);
    private static final int COALESCED_MAX = 10_000;

    private final MessageBus bus;
    private final Supplier<EventViews> views;
    private final UserDirectory users;
    private final RateLimiter limits;
    private final RateLimit signals;
    private final PresenceExchange presence;
    private final List<StreamHub> hubs = new CopyOnWriteArrayList<>();
    private final Cache<UUID, Optional<String>> names = Caffeine.newBuilder()
            .maximumSize(NAMES_MAX)
            .expireAfterWrite(NAME_KEPT)
            .executor(Runnable::run)
            .build();

    private volatile @Nullable Context context; // Set once, when deployed.
    private @Nullable MessageConsumer<?> consumer; // Confined to the deployment's context, like the next.
    private final Map<String, LiveMessage> turn =
            new LinkedHashMap<>(); // By channel, name and sender: the latest counts.

    /**
     * Creates the topics of a node.
     *
     * @param limits counts the signals of each person
     */
    public LiveTopics(
            NodeEnvironment environment,
            MessageBus bus,
            Supplier<EventViews> views,
            UserDirectory users,
            RateLimiter limits,
            PresenceConfig config) {
        this.bus = bus;
        this.views = views;
        this.users = users;
        this.limits = limits;
        this.signals = new RateLimit("signals", config.signalsPerSecond(), Duration.ofSeconds(1), request -> "");
        this.presence = new PresenceExchange(environment, bus, config, this::deliver);
        bus.allow(List.of(
                new BusRecord("stream.live-messages", LiveMessages.class),
                new BusRecord("stream.presence-update", PresenceUpdate.class),
                new BusRecord("stream.presence-request", PresenceRequest.class)));
    }

    Future<?> deploy(Context here) {
        context = here;
        var listening = bus.subscribe(MESSAGES, arrived -> arrived.messages().forEach(this::deliver));
        consumer = listening;
        return listening.completion().compose(ready -> presence.start(here));
    }

    Future<?> undeploy(Context here) {
        return presence.stop().eventually(() -> consumer == null ? Future.succeededFuture() : consumer.unregister());
    }

    void join(StreamHub hub) {
        hubs.add(hub);
    }

    void leave(StreamHub hub) {
        hubs.remove(hub);
    }

    private void deliver(LiveMessage message) {
        var frame = message.frame();
        hubs.forEach(hub -> hub.context().runOnContext(turned -> hub.tell(message.channel(), frame)));
    }

    /**
     * Sends a signal to the live readers of a topic on all nodes.
     *
     * @param name e.g. {@code typing}
     * @param data any JSON; null for none
     * @return fails with {@link Problem} 403 without the right, 413 or 422 for the name or the data, 429 over the limit
     */
    Future<Void> signal(Principal sender, String channel, @Nullable String name, @Nullable JsonNode data) {
        var may = views.get();
        if (name == null || !NAME.matcher(name).matches()) {
            throw Problem.invalid(
                    "#/name", "format", "must be a lower-case word of at most 64 characters, such as typing");
        }
        check(channel, may.maySignal(sender, channel), "send signals to");
        var json = data == null ? "null" : data.toString();
        bounded(json, SIGNAL_BYTES_MAX, "signal-too-large", "the data of a signal");
        var decision = limits.take(signals, sender.account().toString());
        if (!decision.allowed()) {
            throw Problem.tooMany(
                    "too many signals; at most " + signals.permits() + " a second", Duration.ofSeconds(1));
        }
        return name(sender.account()).map(known -> {
            var text = "{\"channel\":" + quoted(channel) + ",\"name\":\"" + name + "\",\"from\":"
                    + person(sender.account(), known) + ",\"data\":" + json + "}";
            var key = channel + " " + name + " " + sender.account();
            run(() -> gather(key, new LiveMessage(channel, "signal", text)));
            return null;
        });
    }

    private void gather(String key, LiveMessage message) {
        if (turn.isEmpty()) {
            here().runOnContext(turned -> {
                bus.publish(MESSAGES, new LiveMessages(new ArrayList<>(turn.values())));
                turn.clear();
            });
        }
        if (turn.size() < COALESCED_MAX) {
            turn.put(key, message);
        }
    }

    private void check(String channel, boolean may, String what) {
        if (!may) {
            if (!views.get().knowsChannel(channel)) {
                throw Problem.invalid("#/channel", "unknown-channel", channel + " is not a declared channel");
            }
            throw Problem.forbidden("you may not " + what + " this channel");
        }
        if (!channel.startsWith("topic:")) {
            throw Problem.invalid("#/channel", "topic", "must be a topic: only topics have signals and presence");
        }
    }

    private static void bounded(String json, int bytesMax, String code, String what) {
        if (json.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            throw Problem.of(Problem.Kind.TOO_LARGE, code, what + " must be at most " + bytesMax + " bytes");
        }
    }

    static String quoted(String text) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    static String person(UUID account, Optional<String> name) {
        return "{\"id\":\"" + account + "\""
                + name.map(known -> ",\"name\":" + quoted(known)).orElse("") + "}";
    }

    /* A directory that is out of reach leaves the name out. */
    private Future<Optional<String>> name(UUID account) {
        var known = names.getIfPresent(account);
        return known != null
                ? Future.succeededFuture(known)
                : users.find(account)
                        .map(found -> found.flatMap(contact -> Optional.ofNullable(contact.name())))
                        .onSuccess(found -> names.put(account, found))
                        .otherwise(Optional.empty());
    }

    /**
     * Makes a person present in a topic, or changes the state.
     *
     * @param state a JSON object
     * @param holder a connection, or what a client names for itself
     * @param lasting whether the presence lasts as long as the connection; otherwise it must be renewed
     * @return the first page of who is there; fails like {@link #signal}
     */
    Future<PresenceRegistry.PresencePage> enter(
            Principal person, String channel, JsonNode state, String holder, boolean lasting) {
        if (!state.isObject()) {
            throw Problem.invalid("#/state", "type", "must be a JSON object, or null to leave");
        }
        var json = state.toString();
        bounded(json, STATE_BYTES_MAX, "state-too-large", "the state");
        checkAttendance(person, channel);
        return name(person.account())
                .compose(known -> presence.enter(
                        new OwnPresence.PresencePlace(channel, person.account()),
                        holder,
                        known.orElse(null),
                        json,
                        lasting));
    }

    private void checkAttendance(Principal person, String channel) {
        check(channel, views.get().mayAttend(person, channel), "be present in");
    }

    /** Ends a presence at once. */
    Future<Void> leave(Principal person, String channel, String holder) {
        checkAttendance(person, channel);
        return presence.leave(new OwnPresence.PresencePlace(channel, person.account()), holder);
    }

    /** Returns who is there; fails like {@link #enter}. */
    Future<PresenceRegistry.PresencePage> people(Principal reader, String channel, Optional<UUID> after, int limit) {
        checkAttendance(reader, channel);
        return presence.page(channel, after, limit);
    }

    /** Notes that a connection opened; an anonymous caller is not a person. */
    void opened(Principal person, String connection) {
        if (!person.roles().isEmpty()) {
            presence.opened(person.account(), connection);
        }
    }

    /** Notes that a connection closed. */
    void closed(String connection) {
        presence.closed(connection);
    }

    /** Returns whether a reader may see who is present in a channel. */
    boolean mayAttend(Principal reader, String channel) {
        return views.get().mayAttend(reader, channel);
    }

    private void run(Runnable work) {
        here().runOnContext(turned -> work.run());
    }

    private Context here() {
        var present = context;
        if (present == null) {
            throw new IllegalStateException("the topics are not deployed");
        }
        return present;
    }
}
