package dev.skelly.features.notifications;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.feature.SchemaName;
import dev.skelly.features.notifications.NotificationChange.State;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /api/notifications}. */
record NotificationRoutes(CommandBus commands) {

    private static final String PATH = "/api/notifications";
    private static final List<String> FILTERS = List.of("state", "unread", "order", "limit");
    private static final int IDS_MAX = 200;

    private static final BodySchema.Field STATE = new BodySchema.Field(
            "state", true, Map.of("type", "string", "enum", List.of("unread", "seen", "read", "archived")));
    private static final BodySchema MANY = BodySchema.of(
                    new BodySchema.Field(
                            "ids",
                            false,
                            Map.of(
                                    "type",
                                    "array",
                                    "items",
                                    Map.of("type", "string", "format", "uuid", "maxLength", 36),
                                    "minItems",
                                    1,
                                    "maxItems",
                                    IDS_MAX)),
                    BodySchema.flag("all").optional(),
                    STATE)
            .named("NotificationsChange");

    /** Request body of a change of one notification. */
    record StateOfOne(State state) {}

    /** Request body of a change of several notifications: of these, or of all. */
    record StateOfMany(@Nullable List<UUID> ids, @Nullable Boolean all, State state) {
        StateOfMany {
            if ((ids == null) == !Boolean.TRUE.equals(all)) {
                throw Problem.invalid(
                        List.of(new FieldError("#", "ids-or-all", "must have ids, or all with the value true")));
            }
        }
    }

    /**
     * Response body of a change.
     *
     * @param position of the log after the change; null when nothing changed
     */
    @SchemaName("NotificationsChanged")
    record NotificationsChanged(
            int changed,
            NotificationCounts counts,
            @Nullable String position) {}

    List<Route> all() {
        return List.of(
                list(),
                changing("PATCH", PATH, "Change the state of several of one's own notifications", this::changeMany)
                        .body(MANY)
                        .detailed("`unread` also brings back archived ones; `read` and `archived` include `seen`."),
                changing("PATCH", PATH + "/{id}", "Change the state of one's own notification", this::changeOne)
                        .body(BodySchema.of(STATE).named("NotificationStateChange")),
                changing(
                        "POST",
                        PATH + "/{id}/read",
                        "Mark one's own notification as read",
                        request -> change(request, List.of(id(request)), false, State.READ)),
                Route.of(
                                "POST",
                                PATH + "/read-all",
                                Access.SIGNED_IN,
                                "Mark all of one's own notifications as read",
                                request -> change(request, List.of(), true, State.READ))
                        .response(200, NotificationsChanged.class));
    }

    private Route list() {
        return Route.of("GET", PATH, Access.SIGNED_IN, "List one's own notifications", this::list)
                .parameter(
                        choice(
                                "state",
                                "Only these; by default all that are not archived.",
                                "unread",
                                "unseen",
                                "archived"),
                        Parameter.query("unread", "The same as state=unread.", Map.of("type", "boolean")),
                        choice("order", "By creation; by default the newest first.", "asc", "desc"),
                        Parameter.text("after", "The nextCursor of the previous page."),
                        Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                .response(ResponseDescription.of(200, NotificationPage.class).paged());
    }

    private static Parameter choice(String name, String meaning, String... values) {
        return Parameter.query(name, meaning, Map.of("type", "string", "enum", List.of(values)));
    }

    private static Route changing(String method, String path, String summary, Route.Endpoint endpoint) {
        return Route.of(method, path, Access.SIGNED_IN, summary, endpoint)
                .response(200, NotificationsChanged.class)
                .problem(Problem.Kind.NOT_FOUND, "not-found", "no such notification of the caller");
    }

    private Future<Response> list(Request request) {
        return commands.query(ListNotifications.of(request)).map(page -> {
            var next = page.nextCursor();
            return next == null
                    ? Response.ok(page)
                    : Response.ok(page).header("Link", QueryParameters.next(request, PATH, FILTERS, "after", next));
        });
    }

    private Future<Response> changeMany(Request request) {
        var asked = request.body(StateOfMany.class);
        var ids = asked.ids();
        return change(request, ids == null ? List.of() : ids, ids == null, asked.state());
    }

    private Future<Response> changeOne(Request request) {
        return change(
                request,
                List.of(id(request)),
                false,
                request.body(StateOfOne.class).state());
    }

    private static UUID id(Request request) {
        return Ids.read(request.path("id")).orElseThrow(() -> Problem.notFound("no such notification"));
    }

    private Future<Response> change(Request request, List<UUID> ids, boolean all, State state) {
        return commands.send(new NotificationChange(request.principal().account(), ids, all, state), request.cause())
                .map(done -> Response.ok(new NotificationsChanged(
                        done.result().changed(), done.result().counts(), done.position())));
    }
}
