package dev.skelly.features.audit;

import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Platform;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.List;

/** Provides the audit log: its table, and its route for administrators. */
public final class AuditFeature implements Feature {

    private static final String PATH = "/api/admin/audit";
    private static final List<String> FILTERS = List.of("act", "actor", "target", "address", "since", "until", "limit");

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var table = new AuditTable(platform.json(), platform.clock(), platform.ids());
        registry.query("audit.list-entries", ListAuditEntries.class, AuditPage.class, table::page);
        registry.routes(routes(platform.commands()));
        registry.personalData(table);
    }

    private static List<Route> routes(CommandBus commands) {
        return List.of(Route.of(
                        "GET",
                        PATH,
                        Access.ADMIN,
                        "List the audit entries, newest first",
                        request -> list(commands, request))
                .parameter(
                        Parameter.text("act", "Only this act, or acts that start so, such as user.*"),
                        Parameter.text(
                                "actor",
                                "Only acts of this account, or of the operator on the command line: `operator`."),
                        Parameter.text("target", "Only acts on this target, as kind:id."),
                        Parameter.text("address", "Only acts from this network address, or `command-line`."),
                        Parameter.text("since", "Not before this RFC 3339 time."),
                        Parameter.text("until", "Before this RFC 3339 time."),
                        Parameter.cursor(),
                        Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                .response(ResponseDescription.of(200, AuditPage.class).paged()));
    }

    private static Future<Response> list(CommandBus commands, Request request) {
        return commands.query(ListAuditEntries.of(request)).map(page -> {
            var reply = Response.ok(page);
            var next = page.nextCursor();
            return next == null
                    ? reply
                    : reply.header("Link", QueryParameters.next(request, PATH, FILTERS, "cursor", next.toString()));
        });
    }
}
