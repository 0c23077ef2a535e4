package dev.skelly.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.EventEmitter;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.stream.SubscriptionChange.SubscriptionTerms;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does what the messages of one WebSocket ask for. Confined to the hub's context. */
final class WebSocketActions {

    /** The names of a message's fields, by what it asks for. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "subscribe", Set.of("channels", "types", "after"),
            "unsubscribe", Set.of("channels", "types"),
            "emit", Set.of("type", "data", "id", "subject", "channel"),
            "token", Set.of("token"),
            "signal", Set.of("channel", "name", "data"),
            "presence", Set.of("channel", "state"),
            "ping", Set.of());

    private static final int CHANNEL_CHARS_MAX = 200;
    private static final String OK = "\"ok\":true";
    private static final Set<String> UNANSWERED = Set.of("ping", "signal", "presence");

    private final StreamServices services;
    private final StreamHub hub;
    private final SubscriptionEditor editor;
    private final StreamSession session;
    private final String address;
    private @Nullable Function<StreamCaller, StreamSession.Reader> renewed;
    private Future<String> changes = Future.succeededFuture(""); // The newest change of the subscription.

    WebSocketActions(
            StreamServices services, StreamHub hub, SubscriptionEditor editor, StreamSession session, String address) {
        this.services = services;
        this.hub = hub;
        this.editor = editor;
        this.session = session;
        this.address = address;
    }

    void renewing(Function<StreamCaller, StreamSession.Reader> function) {
        renewed = function;
    }

    /**
     * Does what a message asks for.
     *
     * @param answered whether the message has a {@code ref}
     * @return the fields of the answer; fails with {@link Problem}
     */
    Future<String> answer(ObjectNode message, boolean answered) {
        var action = message.path("do").textValue();
        if (action == null || !FIELDS.containsKey(action)) {
            throw Problem.invalid(
                    "#/do",
                    "enum",
                    "must be one of "
                            + String.join(
                                    ", ", FIELDS.keySet().stream().sorted().toList()));
        }
        check(message, action, answered);
        return switch (action) {
            case "subscribe" -> inOrder(() -> subscribe(message));
            case "unsubscribe" -> inOrder(() -> unsubscribe(message));
            case "emit" -> emit(message);
            case "token" -> token(message);
            case "signal" -> signal(message);
            case "presence" -> presence(message);
            default -> Future.succeededFuture("\"pong\":true");
        };
    }

    /* A change that waits for the log must not take effect after a later one. */
    private Future<String> inOrder(Supplier<Future<String>> change) {
        var done = changes.transform(before -> change.get());
        changes = done;
        return done;
    }

    private static void check(ObjectNode message, String action, boolean answered) {
        var faults = new ArrayList<FieldError>();
        if (!answered && !UNANSWERED.contains(action)) {
            faults.add(new FieldError("#/ref", "required", "is required: the answer carries it"));
        }
        var allowed = FIELDS.get(action);
        message.fieldNames().forEachRemaining(name -> {
            if (!name.equals("do")
                    && !name.equals("ref")
                    && !Objects.requireNonNull(allowed).contains(name)) {
                faults.add(new FieldError("#/" + name, "unknown-field", "is not a field of " + action));
            }
        });
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    private Future<String> subscribe(ObjectNode message) {
        var types = texts(message, "types");
        var named = texts(message, "channels");
        var first = session.subscription().channels().isEmpty();
        var channels = named.isEmpty() && first ? session.reader().caller().own() : named;
        return editor.add(hub, session, new SubscriptionTerms(channels, types), true, start(message), "#/%s")
                .map(cursor -> OK + ",\"cursor\":\"" + cursor + "\"");
    }

    private StartPosition start(ObjectNode message) {
        var after = message.get("after");
        if (after == null || after.isNull()) {
            return new StartPosition.Latest();
        }
        var text = after.textValue();
        return text == null ? malformedCursor() : read(text);
    }

    private StartPosition read(String text) {
        return StreamRequest.start(text, services.feed().cursors().orElseThrow())
                .orElseGet(WebSocketActions::malformedCursor);
    }

    private static StartPosition malformedCursor() {
        throw Problem.invalid("#/after", "format", "must be a cursor, earliest or latest");
    }

    private Future<String> unsubscribe(ObjectNode message) {
        var terms = new SubscriptionTerms(texts(message, "channels"), texts(message, "types"));
        if (terms.isEmpty()) {
            hub.subscriptions().remove(session, Subscription.NOTHING);
        } else {
            editor.remove(hub, session, terms, "#/%s");
        }
        return Future.succeededFuture(OK);
    }

    private static List<String> texts(ObjectNode message, String name) {
        var list = message.get(name);
        if (list == null) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var item : list) {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        }
        if (!list.isArray() || texts.size() != list.size()) {
            throw Problem.invalid("#/" + name, "type", "must be a list of texts");
        }
        return texts.stream().distinct().toList();
    }

    private Future<String> emit(ObjectNode message) {
        var emitter = services.emitter()
                .orElseThrow(() -> Problem.unavailable("no events can be emitted here", Duration.ofSeconds(1)));
        var caller = person();
        var decision = services.limits().take(emitter.limit(), caller.account().toString());
        if (!decision.allowed()) {
            throw Problem.tooMany("too many events; try again later", decision.reset());
        }
        var correlation = services.environment().ids().get();
        var cause = new CommandContext(correlation, null, caller.account(), null, address);
        JsonNode event = message.deepCopy().without(List.of("do", "ref"));
        return emitter.emit(event, caller, cause).map(done -> emitted(done, correlation.toString()));
    }

    private static String emitted(EventEmitter.EmittedEvent done, String correlation) {
        var position = done.position() == null ? "" : ",\"position\":\"" + done.position() + "\"";
        return OK + ",\"id\":\"" + done.id() + "\"" + position + ",\"correlation\":\"" + correlation + "\"";
    }

    private Future<String> signal(ObjectNode message) {
        return services.topics()
                .signal(person(), channel(message), message.path("name").textValue(), message.get("data"))
                .map(sent -> OK);
    }

    private Principal person() {
        var principal = session.reader().principal();
        if (principal.roles().isEmpty()) {
            throw Problem.unauthenticated("sign-in-required", "sign in first");
        }
        return principal;
    }

    private static String channel(ObjectNode message) {
        var channel = message.path("channel").textValue();
        if (channel == null || channel.isEmpty() || channel.length() > CHANNEL_CHARS_MAX) {
            throw Problem.invalid("#/channel", "required", "must be a topic's name of at most 200 characters");
        }
        return channel;
    }

    /* The list comes before the answer, so that a client has it when its request is done. */
    private Future<String> presence(ObjectNode message) {
        var state = message.get("state");
        if (state == null) {
            throw Problem.invalid("#/state", "required", "must be a JSON object, or null to leave");
        }
        var channel = channel(message);
        var topics = services.topics();
        return state.isNull()
                ? topics.leave(person(), channel, session.id()).map(left -> OK)
                : topics.enter(person(), channel, state, session.id(), true).map(page -> {
                    if (session.gone()) {
                        topics.closed(session.id()); // The connection ended before its presence began.
                    }
                    session.live(
                            new LiveMessage(channel, "presence", PresenceMessages.beginning(channel, page)).frame(),
                            hub.millis());
                    return OK;
                });
    }

    private Future<String> token(ObjectNode message) {
        var token = message.path("token").textValue();
        if (token == null) {
            throw Problem.invalid("#/token", "required", "must be an access token");
        }
        return services.authenticator().renew(session.reader().caller(), token).map(caller -> {
            hub.subscriptions().renew(session, Objects.requireNonNull(renewed).apply(caller));
            return OK;
        });
    }
}
