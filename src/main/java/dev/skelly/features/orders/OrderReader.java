package dev.skelly.features.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.cloudevents.CloudEvent;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.FindDeadlines;
import dev.skelly.feature.Ids;
import dev.skelly.feature.JsonDifference;
import dev.skelly.feature.LogPoint;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.SchemaName;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads orders for those who may see them. */
final class OrderReader {

    private final CommandBus commands;
    private final LogSource log;
    private final Clock clock;
    private final JsonMapper json;
    private final Supplier<EventViews> views;

    OrderReader(Platform platform, Supplier<EventViews> views) {
        this.commands = platform.commands();
        this.log = platform.log();
        this.clock = platform.clock();
        this.json = platform.json();
        this.views = views;
    }

    /**
     * What happened to an order.
     *
     * @param items the events that the caller may see, oldest first
     * @param deadlines of its process, the next one first
     */
    @SchemaName("OrderHistory")
    record OrderHistoryView(List<CloudEvent> items, List<FindDeadlines.Deadline> deadlines) {}

    /**
     * What has changed between two points.
     *
     * @param from null if the order was not there
     */
    record OrderDifference(@Nullable OrderView from, OrderView to, List<JsonDifference> changes) {}

    static boolean seesAll(Principal caller) {
        return caller.admin() || ships(caller);
    }

    static boolean ships(Principal caller) {
        return caller.admin() || caller.roles().contains(OrderEvent.WAREHOUSE);
    }

    /** Returns whether an account sees prices of orders that are not its own, and so of all that it lists. */
    static boolean seesPrices(Principal caller) {
        return caller.admin() || !caller.roles().contains(OrderEvent.WAREHOUSE);
    }

    /** Throws 404 if the caller may not know of the order. */
    static void checkSees(Principal caller, OrderView order) {
        if (!seesAll(caller) && !order.customer().equals(caller.account())) {
            throw Order.unknown();
        }
    }

    private static OrderView shown(Principal caller, OrderView order) {
        return seesPrices(caller) || order.customer().equals(caller.account()) ? order : order.withoutPrices();
    }

    static Response reply(Principal caller, OrderView order) {
        return Response.ok(shown(caller, order))
                .header("ETag", EntityTag.of(order.version()))
                .header("Cache-Control", "private, no-cache");
    }

    Future<Response> one(Request request) {
        return log.cursors()
                .compose(cursors -> {
                    var parameters = new QueryParameters(request);
                    var at = LogPoint.read(parameters, "at", cursors);
                    var unused = parameters.value(
                            "after",
                            "a cursor of this log",
                            text -> cursors.read(text).orElse(null)); // Reads see every commit.
                    parameters.check();
                    return find(request, at);
                })
                .map(order -> reply(request.principal(), order));
    }

    private Future<OrderView> find(Request request, LogPoint.Named at) {
        var id = Ids.read(request.path("id")).orElseThrow(Order::unknown);
        return LogPoint.of(at, log, clock)
                .compose(point -> commands.query(new FindOrder(id, point.position(), point.time())))
                .map(order -> {
                    checkSees(request.principal(), order);
                    return order;
                });
    }

    /* An order that was not there yet at the first point has all its fields as differences. */
    Future<Response> difference(Request request) {
        return log.cursors().compose(cursors -> {
            var parameters = new QueryParameters(request);
            var from = LogPoint.read(parameters, "from", cursors);
            var to = LogPoint.read(parameters, "to", cursors);
            parameters.check();
            return find(request, to)
                    .compose(after -> find(request, from)
                            .map(Optional::of)
                            .recover(failure -> missing(failure)
                                    ? Future.succeededFuture(Optional.empty())
                                    : Future.failedFuture(failure))
                            .map(before -> difference(request.principal(), before, after)));
        });
    }

    private static boolean missing(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND;
    }

    private Response difference(Principal caller, Optional<OrderView> before, OrderView after) {
        var from = before.map(order -> shown(caller, order));
        var to = shown(caller, after);
        var changes =
                JsonDifference.between(from.<JsonNode>map(json::valueToTree).orElse(null), json.valueToTree(to));
        return Response.ok(new OrderDifference(from.orElse(null), to, changes))
                .header("Cache-Control", "private, no-cache");
    }

    Future<Response> history(Request request) {
        var id = Ids.read(request.path("id")).orElseThrow(Order::unknown);
        var caller = request.principal();
        return commands.query(new FindOrder(id, null, null))
                .compose(order -> {
                    checkSees(caller, order);
                    return commands.query(new OrderHistory(id));
                })
                .compose(events -> log.cursors().map(cursors -> shown(caller, cursors, events.events())))
                .compose(items -> deadlines(id).map(deadlines -> Response.ok(new OrderHistoryView(items, deadlines))));
    }

    private Future<List<FindDeadlines.Deadline>> deadlines(UUID id) {
        return commands.query(new FindDeadlines(OrderProcess.NAME, id.toString()))
                .map(FindDeadlines.Deadlines::deadlines);
    }

    private List<CloudEvent> shown(Principal caller, CursorCodec cursors, List<StoredEvent> events) {
        var all = views.get();
        var view = all.of(caller);
        return events.stream()
                .filter(event -> caller.admin() || event.channels().stream().anyMatch(caller.channels()::contains))
                .map(all::show)
                .filter(view::sees)
                .map(shown -> shown.without(view.hidden(shown, caller.account())))
                .map(event -> CloudEvent.of(event, cursors.position(event.position()), tree(event.data())))
                .toList();
    }

    private JsonNode tree(String data) {
        try {
            return json.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of an event is not JSON", e);
        }
    }
}
