package com.example._package_;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The routes under {@code /api/_name_}. */
record _Name_Routes(CommandBus commands, int textMax) {

    record NewEntry(String text) {}
    record AddEntry(UUID id, String text) implements Command<Void> {}
    record _Name_Added(UUID id) {}

    List<Route> all() {
        return List.of(
                Route.of("POST", "/api/_name_", Access.SIGNED_IN, "Add an entry", this::add)
                        .body(BodySchema.of(BodySchema.text("text", 1, textMax)))
                        .response(201, _Name_Added.class).idempotent(),
                Route.of("GET", "/api/_name_", Access.SIGNED_IN, "List the latest entries", this::latest)
                        .response(200, EntryProjection._Name_Latest.class));
    }

    private Future<Response> add(Request request) {
        var id = request.newId();
        return commands.send(new AddEntry(id, request.body(NewEntry.class).text()), request.cause())
                .map(done -> Response.created("/api/_name_/" + id, new _Name_Added(id)));
    }

    private Future<Response> latest(Request request) {
        return commands.query(new EntryProjection.ReadEntries()).map(Response::ok);
    }
}
