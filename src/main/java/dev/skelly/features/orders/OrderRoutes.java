package dev.skelly.features.orders;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.orders.ChangeOrder.Step;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /api/orders}. */
final class OrderRoutes {

    private static final String PATH = "/api/orders";
    private static final int ITEMS_MAX = 50;
    private static final int QUANTITY_MAX = 1_000;
    private static final List<String> FILTERS = List.of("state", "order", "limit");

    private static final Map<String, Object> ITEM = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "sku",
                    ProductRoutes.SKU_SCHEMA,
                    "quantity",
                    Map.of("type", "integer", "minimum", 1, "maximum", QUANTITY_MAX)),
            "required",
            List.of("sku", "quantity"),
            "additionalProperties",
            false);
    private static final Map<String, Object> PAYMENT = Map.of(
            "type",
            "object",
            "properties",
            Map.of("token", Map.of("type", "string", "minLength", 1, "maxLength", 200)),
            "required",
            List.of("token"),
            "additionalProperties",
            false);
    private static final BodySchema BODY = BodySchema.of(
                    new BodySchema.Field(
                            "items",
                            true,
                            Map.of("type", "array", "items", ITEM, "minItems", 1, "maxItems", ITEMS_MAX)),
                    new BodySchema.Field("payment", true, PAYMENT))
            .named("NewOrder");

    private final CommandBus commands;
    private final OrderReader reader;

    OrderRoutes(Platform platform, Supplier<EventViews> views) {
        this.commands = platform.commands();
        this.reader = new OrderReader(platform, views);
    }

    /** Request body of an order. */
    record NewOrder(List<OrderEvent.Item> items, MeansOfPayment payment) {

        /** Rejects products that are named twice. */
        NewOrder {
            var faults = new ArrayList<FieldError>();
            var seen = new HashSet<String>();
            for (var i = 0; i < items.size(); i++) {
                if (!seen.add(items.get(i).sku())) {
                    faults.add(new FieldError(
                            "#/items/" + i + "/sku", "repeated", "must be named once, with its whole quantity"));
                }
            }
            if (!faults.isEmpty()) {
                throw Problem.invalid(faults);
            }
        }
    }

    /** The means of payment. */
    record MeansOfPayment(String token) {}

    /** Response body of a placed order. */
    record OrderPlaced(UUID id, @Nullable String position) {}

    List<Route> all() {
        return List.of(
                Route.of("POST", PATH, Access.SIGNED_IN, "Place an order", this::place)
                        .body(BODY)
                        .idempotent()
                        .response(ResponseDescription.of(201, OrderPlaced.class)
                                .with("Location", "The URL of the order."))
                        .problem(Problem.Kind.CONFLICT, "out-of-stock", "some items cannot be held; each is named"),
                listing(),
                Route.of("GET", PATH + "/{id}", Access.SIGNED_IN, "Get an order, as it is or as it was", reader::one)
                        .parameter(
                                Parameter.text("at", "A time (RFC 3339) or a cursor: the order as it was then."),
                                Parameter.text("after", "A cursor; the answer includes what was written before it."))
                        .response(ResponseDescription.of(200, OrderView.class).tagged())
                        .problem(Problem.Kind.NOT_FOUND, "not-found", "no such order, or none at that time"),
                Route.of(
                                "GET",
                                PATH + "/{id}/history",
                                Access.SIGNED_IN,
                                "List what happened to an order",
                                reader::history)
                        .detailed(
                                "Its events and those of its payment, oldest first, and the deadlines of its process.")
                        .response(200, OrderReader.OrderHistoryView.class)
                        .problem(Problem.Kind.NOT_FOUND, "not-found", "no such order"),
                Route.of(
                                "GET",
                                PATH + "/{id}/difference",
                                Access.SIGNED_IN,
                                "Compare an order at two points",
                                reader::difference)
                        .parameter(
                                Parameter.text("from", "A time (RFC 3339) or a cursor; without it, now."),
                                Parameter.text("to", "The later point, likewise."))
                        .response(200, OrderReader.OrderDifference.class)
                        .problem(Problem.Kind.NOT_FOUND, "not-found", "no such order, or none at the later point"),
                changing("cancel", "Cancel an order", Step.CANCEL),
                changing("ship", "Ship an order", Step.SHIP)
                        .problem(Problem.Kind.FORBIDDEN, "forbidden", "the caller has not the role warehouse"));
    }

    private Route listing() {
        return Route.of("GET", PATH, Access.SIGNED_IN, "List orders", this::list)
                .parameter(
                        Parameter.query("state", "Only these.", Map.of("type", "string", "enum", states())),
                        Parameter.query(
                                "order",
                                "By creation; by default the newest first.",
                                Map.of("type", "string", "enum", List.of("asc", "desc"))),
                        Parameter.text("after", "The nextCursor of the previous page."),
                        Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                .detailed("One's own; all of them for administrators, and for the role `warehouse`, without prices.")
                .response(
                        ResponseDescription.of(200, ListOrders.OrderPage.class).paged());
    }

    private static List<String> states() {
        return List.of(OrderState.values()).stream().map(OrderState::text).toList();
    }

    private Route changing(String verb, String summary, Step step) {
        return Route.of("POST", PATH + "/{id}/" + verb, Access.SIGNED_IN, summary, request -> change(request, step))
                .matching(false)
                .response(ResponseDescription.of(200, OrderView.class).tagged().positioned())
                .problem(Problem.Kind.NOT_FOUND, "not-found", "no such order")
                .problem(Problem.Kind.CONFLICT, "wrong-state", "the order's state, which is named, does not allow it");
    }

    private Future<Response> place(Request request) {
        var body = request.body(NewOrder.class);
        var id = request.newId();
        var order = new PlaceOrder(
                id, request.principal().account(), body.items(), body.payment().token());
        return commands.send(order, request.cause())
                .map(done -> Response.created(PATH + "/" + id, new OrderPlaced(id, done.position())));
    }

    private Future<Response> list(Request request) {
        var parameters = new QueryParameters(request);
        var state = parameters.value(
                "state",
                "one of " + String.join(", ", states()),
                text -> OrderState.find(text).orElse(null));
        var order = parameters.value("order", "asc or desc", text -> text.matches("asc|desc") ? text : null);
        var after = parameters.id("after", "the nextCursor of an earlier response");
        var limit = parameters.limit();
        parameters.check();
        var caller = request.principal();
        var own = OrderReader.seesAll(caller) ? null : caller.account();
        return commands.query(new ListOrders(own, state, !"asc".equals(order), after, limit))
                .map(page -> OrderReader.seesPrices(caller) ? page : page.withoutPrices())
                .map(page -> {
                    var next = page.nextCursor();
                    return next == null
                            ? Response.ok(page)
                            : Response.ok(page)
                                    .header("Link", QueryParameters.next(request, PATH, FILTERS, "after", next));
                });
    }

    private Future<Response> change(Request request, Step step) {
        var id = Ids.read(request.path("id")).orElseThrow(Order::unknown);
        var caller = request.principal();
        var expected = EntityTag.expected(request).orElse(null);
        return commands.query(new FindOrder(id, null, null)).compose(order -> {
            checkMay(caller, order, step);
            return commands.send(new ChangeOrder(id, step, expected), request.cause())
                    .map(done -> OrderReader.reply(caller, done.result()).at(done.position()))
                    .recover(OrderRoutes::stale);
        });
    }

    private static void checkMay(Principal caller, OrderView order, Step step) {
        OrderReader.checkSees(caller, order);
        if (step == Step.SHIP && !OrderReader.ships(caller)) {
            throw Problem.forbidden("only the role warehouse ships orders");
        }
        if (step == Step.CANCEL && !caller.admin() && !order.customer().equals(caller.account())) {
            throw Problem.forbidden("only the customer cancels an order");
        }
    }

    /* To a conditional request, another version is a failed precondition (RFC 9110 section 13.1.1). */
    private static Future<Response> stale(Throwable failure) {
        return Future.failedFuture(
                failure instanceof Problem problem && problem.code().equals("stale-version")
                        ? Problem.of(Problem.Kind.STALE, "stale", problem.detail())
                        : failure);
    }
}
