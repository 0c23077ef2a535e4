package dev.skelly.stream;

import dev.skelly.event.Event;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogIdentity;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Access;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registers the commands and queries of streams with the persistence role, and serves the route for tickets. */
public final class StreamFeature implements Feature {

    private static final Duration TICKET_LIFE = Duration.ofSeconds(30);
    /* The session may end sooner, which is checked at each use. */
    private static final Duration REUSABLE_LIFE = Duration.ofDays(30);

    private static final int CHANNEL_CHARS_MAX = 200;

    private final SecureRandom random = new SecureRandom();
    private final Supplier<EventViews> views;
    private final StreamAccess access;

    /**
     * Creates the feature.
     *
     * @param views read when a ticket is issued
     * @param access the open streams and the topics
     */
    public StreamFeature(Supplier<EventViews> views, StreamAccess access) {
        this.views = views;
        this.access = access;
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(PresenceEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.command("stream.issue-ticket", IssueTicket.class, StreamFeature::issue);
        registry.command("stream.redeem-ticket", RedeemTicket.class, TicketClaims.class, StreamFeature::redeem);
        registry.queries(queries());
        registry.route(ticketRoute(platform.commands()));
        registry.route(new SubscriptionRoute(access.connections()).described());
        registry.routes(new TopicRoutes(access.topics()).all());
        var directory = access.connections().directory();
        registry.routes(new ConnectionRoutes(platform.vertx(), platform.commands(), directory).all());
        registry.command(
                "stream.record-ended-connections",
                RecordEndedConnections.class,
                (tx, command) ->
                        platform.audit().note(tx, AuditEntry.on(command.target(), "stream.connections-ended")));
        registry.personalData(new TicketPersonalData());
    }

    private static List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on(
                        "stream.read-page",
                        ReadPage.class,
                        EventPage.class,
                        (sql, query) -> new LogReader(sql)
                                .page(query.after(), query.channels(), query.types(), query.actor(), query.limit())),
                QueryHandler.on(
                        "stream.count-missed",
                        CountMissed.class,
                        CountMissed.MissedCount.class,
                        (sql, query) -> new LogReader(sql)
                                .count(query.after(), query.channels(), query.types(), query.actor(), query.max())
                                .map(CountMissed.MissedCount::new)),
                QueryHandler.on(
                        "stream.read-head",
                        FindNewestPosition.class,
                        FindNewestPosition.Head.class,
                        (sql, query) -> new LogReader(sql).head().map(FindNewestPosition.Head::new)),
                QueryHandler.on(
                        "stream.find-position",
                        FindPosition.class,
                        FindPosition.FoundPosition.class,
                        (sql, query) ->
                                new LogReader(sql).positionOf(query.seq()).map(FindPosition.FoundPosition::of)),
                QueryHandler.on(
                        "stream.read-identity",
                        ReadIdentity.class,
                        LogIdentity.class,
                        (sql, query) -> LogIdentity.load(sql)));
    }

    private Route ticketRoute(CommandBus commands) {
        return Route.of(
                        "POST",
                        "/api/stream/tickets",
                        Access.SIGNED_IN,
                        "Create a ticket that opens streams",
                        request -> ticket(commands, request))
                .response(201, StreamTicket.class)
                .problem(Problem.Kind.FORBIDDEN, "forbidden", "the caller may not read some of the channels")
                .body(BodySchema.of(
                                texts("channels", CHANNEL_CHARS_MAX).optional(),
                                texts("types", CHANNEL_CHARS_MAX).optional(),
                                new BodySchema.Field("reusable", false, Map.of("type", "boolean", "default", false)))
                        .orNoBody())
                .limited(new RateLimit(
                        "stream-ticket",
                        60,
                        Duration.ofMinutes(1),
                        request -> request.principal().account().toString()));
    }

    static BodySchema.Field texts(String name, int charsMax) {
        return new BodySchema.Field(
                name,
                true,
                Map.of(
                        "type",
                        "array",
                        "maxItems",
                        EventTypeFilter.TERMS_MAX,
                        "items",
                        Map.of("type", "string", "minLength", 1, "maxLength", charsMax)));
    }

    /**
     * Response body of the ticket route.
     *
     * @param expiresIn seconds
     */
    record StreamTicket(String ticket, long expiresIn) {}

    /** Request body of the ticket route: the restrictions of the ticket. */
    record TicketForm(
            @Nullable List<String> channels,
            @Nullable List<String> types,
            @Nullable Boolean reusable) {}

    private Future<Response> ticket(CommandBus commands, Request request) {
        var form = request.body(TicketForm.class);
        var holder = request.principal();
        var channels = form.channels();
        var may = views.get();
        if (channels != null && !channels.stream().allMatch(channel -> may.mayRead(holder, channel))) {
            throw Problem.forbidden("you may not read some of these channels");
        }
        if (form.types() != null && !EventTypeFilter.wellFormed(form.types())) {
            throw Problem.invalid("#/types", "format", "must be event types, each whole or ending in .*");
        }
        var secret = TicketClaims.secret(random);
        var reusable = Boolean.TRUE.equals(form.reusable());
        var origin = reusable ? request.header("Origin").orElse(null) : null;
        var ticket = new TicketClaims(holder, form.channels(), form.types(), reusable, origin);
        var body = new StreamTicket(secret, life(ticket).toSeconds());
        return commands.send(new IssueTicket(TicketClaims.digest(secret), ticket), request.cause())
                .map(done -> new Response(201, List.of(), List.of(), body).header("Cache-Control", "no-store"));
    }

    private static Future<Void> issue(Tx tx, IssueTicket command) {
        return TicketTable.insert(tx.sql(), command.digest(), command.ticket(), life(command.ticket()));
    }

    private static Duration life(TicketClaims ticket) {
        return ticket.reusable() ? REUSABLE_LIFE : TICKET_LIFE;
    }

    private static Future<TicketClaims> redeem(Tx tx, RedeemTicket command) {
        return TicketTable.redeem(tx.sql(), command.digest())
                .map(found -> found.orElseThrow(
                        () -> Problem.unauthenticated("invalid-ticket", "this ticket is unknown, used or too old")));
    }
}
