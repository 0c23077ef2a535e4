package dev.skelly.features.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.cloudevents.CloudEvent;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.Sha256;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.view.EventViews;
import dev.skelly.view.PresentedEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /api/events} that read events. */
final class HistoryRoutes {

    private static final String PATH = "/api/events";
    private static final List<String> FILTERS =
            List.of("type", "channels", "subject", "correlation", "actor", "since", "until", "order", "limit");

    private static final Parameter[] LISTED = {
        Parameter.list("type", "Only these types, comma-separated, each whole or ending in .*"),
        Parameter.list("channels", "Only events of these channels."),
        Parameter.text("subject", "Only events about this subject, as kind:id."),
        Parameter.text("correlation", "Only events caused by the request with this id."),
        Parameter.text(
                "actor",
                "Only events caused by this account. Callers other than administrators may name only their own."),
        Parameter.text("since", "Not before this RFC 3339 time."),
        Parameter.text("until", "Before this RFC 3339 time."),
        Parameter.text("after", "Only events after this cursor."),
        Parameter.text("before", "Only events before this cursor; with order=desc."),
        Parameter.query(
                "order",
                "asc: the oldest first; desc: the newest first, and nextCursor is for before.",
                Map.of("type", "string", "enum", List.of("asc", "desc"), "default", "asc")),
        Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX)
    };

    private final CommandBus commands;
    private final Supplier<EventViews> views;
    private final Supplier<LogSource> log;
    private final FieldDecryptor decryptor;
    private final JsonMapper json;

    HistoryRoutes(
            CommandBus commands,
            Supplier<EventViews> views,
            Supplier<LogSource> log,
            FieldDecryptor decryptor,
            JsonMapper json) {
        this.commands = commands;
        this.views = views;
        this.log = log;
        this.decryptor = decryptor;
        this.json = json;
    }

    List<Route> all() {
        return List.of(
                Route.of(
                                "GET",
                                PATH,
                                Access.SIGNED_IN,
                                "List the events that the caller may see, newest last or first",
                                this::list)
                        .parameter(LISTED)
                        .response(ResponseDescription.of(200, HistoryPage.class)
                                .paged()
                                .with(
                                        "Skelly-Position",
                                        "The end of the log when this was read, for a stream from there on."))
                        .problem(
                                Problem.Kind.FORBIDDEN,
                                "forbidden",
                                "the caller may not read some of the channels, or events of this actor"),
                Route.of("GET", PATH + "/{id}", Access.SIGNED_IN, "Get an event", this::one)
                        .response(200, CloudEvent.class)
                        .problem(Problem.Kind.NOT_FOUND, "not-found", "no such event, or the caller may not see it"),
                Route.of("GET", PATH + "/{id}/data", Access.SIGNED_IN, "Get the data of an event", this::data)
                        .response(ResponseDescription.of(200, Map.<String, Object>of("type", "object"))
                                .with("ETag", "Identifies the event's representation for this reader."))
                        .problem(Problem.Kind.NOT_FOUND, "not-found", "no such event, or the caller may not see it"));
    }

    private Future<Response> list(Request request) {
        var reader = request.principal();
        return log.get().cursors().compose(cursors -> {
            var asked = HistoryRequest.of(request, cursors);
            var may = views.get();
            var channels = channels(may, reader, asked.channels());
            checkActor(reader, asked.actor());
            return place(asked.after(), 0)
                    .compose(after -> place(asked.before(), Long.MAX_VALUE)
                            .compose(before -> commands.query(query(may, asked, channels, after, before))))
                    .compose(page -> opened(may, page.events())
                            .map(events -> answer(may, request, asked, cursors, page, meant(may, asked, events))));
        });
    }

    private @Nullable List<String> channels(EventViews may, Principal reader, List<String> asked) {
        if (!asked.stream().allMatch(channel -> reader.admin() || may.mayRead(reader, channel))) {
            throw Problem.forbidden("you may not read some of these channels");
        }
        return !asked.isEmpty() ? asked : reader.admin() ? null : List.copyOf(reader.channels());
    }

    /* Events do not show readers who caused them, so a filter must not reveal it either. */
    private static void checkActor(Principal reader, @Nullable UUID actor) {
        if (actor != null && !reader.admin() && !actor.equals(reader.account())) {
            throw Problem.forbidden("you may not list events caused by others: actor must be your own account");
        }
    }

    /* An event without a position will get one after all existing positions. */
    private Future<Long> place(@Nullable Cursor cursor, long none) {
        if (cursor instanceof Cursor.Write write) {
            return log.get()
                    .positionOf(write.seq())
                    .compose(found -> found.isPresent()
                            ? Future.succeededFuture(found.getAsLong())
                            : log.get().head());
        }
        return Future.succeededFuture(cursor instanceof Cursor.Position at ? at.position() : none);
    }

    private ReadHistory query(
            EventViews may, HistoryRequest asked, @Nullable List<String> channels, long after, long before) {
        var types = asked.types().isEmpty() ? null : List.copyOf(may.stored(asked.types()));
        return new ReadHistory(
                after,
                channels,
                types,
                asked.subject(),
                asked.correlation(),
                asked.actor(),
                asked.since(),
                asked.until(),
                asked.before() == null ? null : before,
                asked.newestFirst(),
                asked.limit());
    }

    private List<PresentedEvent> meant(EventViews may, HistoryRequest asked, List<PresentedEvent> events) {
        return asked.types().isEmpty()
                ? events
                : events.stream()
                        .filter(shown -> may.goesBy(shown, asked.types()))
                        .toList();
    }

    private Future<List<PresentedEvent>> opened(EventViews may, List<StoredEvent> events) {
        return decryptor.open(events).map(open -> open.stream().map(may::show).toList());
    }

    private Response answer(
            EventViews may,
            Request request,
            HistoryRequest asked,
            CursorCodec cursors,
            EventPage page,
            List<PresentedEvent> events) {
        var reader = request.principal();
        var view = may.of(reader);
        var items = new ArrayList<CloudEvent>();
        events.stream().filter(view::sees).forEach(shown -> items.add(item(may, reader, cursors, shown)));
        var head = cursors.position(page.head());
        if (asked.newestFirst() ? page.upTo() == 0 : page.last()) {
            return Response.ok(new HistoryPage(items, null)).at(head);
        }
        var next = cursors.position(page.upTo());
        var link = QueryParameters.next(request, PATH, FILTERS, asked.newestFirst() ? "before" : "after", next);
        return Response.ok(new HistoryPage(items, next)).header("Link", link).at(head);
    }

    private CloudEvent item(EventViews may, Principal reader, CursorCodec cursors, PresentedEvent shown) {
        var event = shown.without(may.of(reader).hidden(shown, reader.account()));
        return CloudEvent.of(event, cursors.position(event.position()), tree(event.data()));
    }

    private String text(EventViews may, Principal reader, PresentedEvent shown) {
        return shown.dataWithout(may.of(reader).hidden(shown, reader.account()));
    }

    private JsonNode tree(String data) {
        try {
            return json.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data of an event is not JSON", e);
        }
    }

    private Future<Response> one(Request request) {
        var reader = request.principal();
        var may = views.get();
        return find(may, request)
                .compose(shown -> log.get().cursors().map(cursors -> Response.ok(item(may, reader, cursors, shown))));
    }

    private Future<Response> data(Request request) {
        var reader = request.principal();
        var may = views.get();
        return find(may, request).map(shown -> {
            var data = text(may, reader, shown);
            var tag = "\"" + Sha256.of(data) + "\"";
            return Response.ok(tree(data)).header("ETag", tag).header("Cache-Control", "private, no-cache");
        });
    }

    private Future<PresentedEvent> find(EventViews may, Request request) {
        var reader = request.principal();
        var id = Ids.read(request.path("id")).orElseThrow(HistoryRoutes::nothing);
        return commands.query(new FindEvent(id))
                .compose(found -> opened(may, found.event() == null ? List.of() : List.of(found.event())))
                .map(events -> events.stream()
                        .filter(shown -> mayRead(may, reader, shown))
                        .findFirst()
                        .orElseThrow(HistoryRoutes::nothing));
    }

    private boolean mayRead(EventViews may, Principal reader, PresentedEvent shown) {
        return may.of(reader).sees(shown)
                && (reader.admin()
                        || shown.event().channels().stream().anyMatch(channel -> may.mayRead(reader, channel)));
    }

    private static Problem nothing() {
        return Problem.notFound("no such event");
    }
}
