package dev.skelly.stream;

import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes by which administrators see and end open connections. */
final class ConnectionRoutes {

    private static final String PATH = "/api/admin/connections";

    private final Vertx vertx;
    private final CommandBus commands;
    private final ConnectionDirectory directory;

    ConnectionRoutes(Vertx vertx, CommandBus commands, ConnectionDirectory directory) {
        this.vertx = vertx;
        this.commands = commands;
        this.directory = directory;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", PATH, Access.ADMIN, "List the open connections of all nodes", this::list)
                        .tagged("stream")
                        .parameter(Parameter.text("account", "Only connections of this account."))
                        .response(200, ConnectionList.class),
                Route.of("DELETE", PATH, Access.ADMIN, "End the open connections of an account", this::endAll)
                        .tagged("stream")
                        .parameter(Parameter.text("account", "Whose connections are ended; required."))
                        .response(200, EndedConnections.class),
                Route.of("DELETE", PATH + "/{id}", Access.ADMIN, "End an open connection", this::end)
                        .tagged("stream")
                        .response(ResponseDescription.empty(204))
                        .problem(Problem.Kind.NOT_FOUND, "not-found", "no such connection is open"));
    }

    /**
     * Open connections, the oldest first.
     *
     * @param total all that are open; the list has at most 500 of each node and event loop
     */
    record ConnectionList(List<StreamConnection> items, int total) {}

    /** How many connections were ended. */
    record EndedConnections(int ended) {}

    private Future<Response> list(Request request) {
        return directory
                .ask(vertx, account(request), null, false)
                .map(found -> Response.ok(new ConnectionList(found.items(), found.total()))
                        .header("Cache-Control", "no-store"));
    }

    private static @Nullable UUID account(Request request) {
        var parameters = new QueryParameters(request);
        var account = parameters.id("account", "the id of an account");
        parameters.check();
        return account;
    }

    private Future<Response> endAll(Request request) {
        var account = account(request);
        if (account == null) {
            throw Problem.invalid("account", "required", "must be the id of an account");
        }
        return commands.send(new RecordEndedConnections("user:" + account), request.cause())
                .compose(recorded -> directory.ask(vertx, account, null, true))
                .map(ended -> Response.ok(new EndedConnections(ended.total())));
    }

    private Future<Response> end(Request request) {
        var id = request.path("id");
        return commands.send(new RecordEndedConnections("connection:" + id), request.cause())
                .compose(recorded -> directory.ask(vertx, null, id, true))
                .map(ended -> {
                    if (ended.total() == 0) {
                        throw Problem.notFound("no such connection is open");
                    }
                    return Response.noContent();
                });
    }
}
