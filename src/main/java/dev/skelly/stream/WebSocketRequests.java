package dev.skelly.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.Problem;
import dev.skelly.http.ProblemWriter;
import dev.skelly.http.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the messages of one WebSocket and answers each with its {@code ref}. A message that is refused changes nothing and closes nothing;
 * only a flood of them does. Confined to the hub's context.
 */
final class WebSocketRequests {

    private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketRequests.class);
    private static final int BYTES_MAX = 96 * 1024; // The data of an event, 64 KiB, and what surrounds it.
    private static final int UNDERWAY_MAX = 32;
    private static final int FLOOD_SECONDS = 10; // A client that ignores so many seconds' worth of refusals is cut.
    private static final double NANOS_PER_SECOND = 1e9;

    private final StreamHub hub;
    private final StreamSession session;
    private final WebSocketOutput output;
    private final WebSocketActions actions;
    private final JsonMapper json;
    private final StreamServices services;
    private double permits;
    private long refilledAt = System.nanoTime();
    private int refused;
    private int underway;

    WebSocketRequests(
            StreamServices services,
            StreamHub hub,
            SubscriptionEditor editor,
            StreamSession session,
            WebSocketOutput output,
            String address) {
        this.hub = hub;
        this.session = session;
        this.output = output;
        this.actions = new WebSocketActions(services, hub, editor, session, address);
        this.json = services.environment().json();
        this.services = services;
        this.permits = 2.0 * perSecond();
    }

    /**
     * Starts to read.
     *
     * @param renewed returns the reader with a newer token
     */
    void serve(ServerWebSocket socket, Function<StreamCaller, StreamSession.Reader> renewed) {
        actions.renewing(renewed);
        socket.textMessageHandler(text -> receive(socket, text));
        socket.binaryMessageHandler(
                bytes -> refuse("", Problem.malformed("malformed-json", "a message must be a text")));
    }

    private void receive(ServerWebSocket socket, String text) {
        if (session.gone()) {
            return;
        }
        if (!taken()) {
            flood();
            return;
        }
        underway++;
        if (underway >= UNDERWAY_MAX || output.full()) {
            socket.pause();
        }
        answer(text).onComplete(answered -> {
            underway--;
            if (underway < UNDERWAY_MAX) {
                socket.resume();
            }
        });
    }

    private int perSecond() {
        return services.config().messagesPerSecond();
    }

    private boolean taken() {
        var now = System.nanoTime();
        var perSecond = perSecond();
        permits = Math.min(2.0 * perSecond, permits + (now - refilledAt) / NANOS_PER_SECOND * perSecond);
        refilledAt = now;
        if (permits < 1) {
            return false;
        }
        permits--;
        refused = Math.max(0, refused - 1);
        return true;
    }

    private void flood() {
        refused++;
        var perSecond = perSecond();
        if (refused > FLOOD_SECONDS * perSecond) {
            hub.bye(session, CloseReason.FLOOD, 0);
        } else {
            refuse("", Problem.tooMany("too many messages; at most " + perSecond + " a second", Duration.ofSeconds(1)));
        }
    }

    private Future<Void> answer(String text) {
        String ref;
        JsonNode message;
        try {
            message = parse(text);
            ref = ref(message);
        } catch (Problem problem) {
            refuse("", problem);
            return Future.succeededFuture();
        }
        return Future.succeededFuture((ObjectNode) message)
                .compose(asked -> actions.answer(asked, !ref.isEmpty()))
                .onSuccess(fields -> output.message("{" + ref + fields + "}"))
                .onFailure(failure -> refuse(ref, failure))
                .otherwiseEmpty()
                .mapEmpty();
    }

    private JsonNode parse(String text) {
        if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE, "message-too-large", "a message must be at most " + BYTES_MAX + " bytes");
        }
        var message = StrictJson.parse(Buffer.buffer(text), json);
        if (!message.isObject()) {
            throw Problem.malformed("malformed-json", "a message must be a JSON object");
        }
        return message;
    }

    /* Returns the field of an answer; empty when the message has none. */
    private static String ref(JsonNode message) {
        var ref = message.get("ref");
        if (ref == null) {
            return "";
        }
        if (!ref.isIntegralNumber() && !(ref.isTextual() && ref.textValue().length() <= 64)) {
            throw Problem.invalid("#/ref", "type", "must be a whole number, or a text of at most 64 characters");
        }
        return "\"ref\":" + ref + ",";
    }

    private void refuse(String ref, Throwable failure) {
        var id = UUID.randomUUID().toString();
        if (failure instanceof Problem problem) {
            output.message("{" + ref + "\"problem\":" + ProblemWriter.document(problem, id) + "}");
        } else if (!session.gone()) {
            LOGGER.atError().setCause(failure).addKeyValue("requestId", id).log("a message failed because of a bug");
            output.message("{" + ref + "\"problem\":" + ProblemWriter.bugDocument(id) + "}");
        }
    }
}
