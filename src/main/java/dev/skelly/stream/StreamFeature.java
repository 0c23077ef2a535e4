package dev.skelly.stream;

import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogIdentity;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.PersonalData;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registers the commands and queries of streams with the persistence role, and serves the route for tickets. */
public final class StreamFeature implements Feature {

    private static final Duration TICKET_LIFE = Duration.ofSeconds(30);
    private static final int CHANNEL_CHARS_MAX = 200;

    private final CommandBus commands;
    private final SecureRandom random;
    private final Supplier<EventViews> sights;

    /**
     * Issues tickets through {@code commands}.
     *
     * @param sights read when a ticket is issued, because it is built from the declarations of all features
     */
    public StreamFeature(CommandBus commands, SecureRandom random, Supplier<EventViews> sights) {
        this.commands = commands;
        this.random = random;
        this.sights = sights;
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("stream.issue-ticket", IssueTicket.class, Void.class, StreamFeature::issue),
                CommandHandler.on(
                        "stream.redeem-ticket", RedeemTicket.class, TicketClaims.class, StreamFeature::redeem));
    }

    @Override
    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on(
                        "stream.read-page",
                        ReadPage.class,
                        EventPage.class,
                        (sql, query) ->
                                new LogReader(sql).page(query.after(), query.channels(), query.types(), query.limit())),
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

    @Override
    public List<Route> routes() {
        return List.of(Route.of(
                        "POST",
                        "/api/stream/tickets",
                        Access.SIGNED_IN,
                        "Create a ticket that opens one stream",
                        this::ticket)
                .response(201, StreamTicket.class)
                .problem(Problem.Kind.FORBIDDEN, "forbidden", "the caller may not read some of the channels")
                .body(BodySchema.of(
                                texts("channels", CHANNEL_CHARS_MAX).optional(),
                                texts("types", CHANNEL_CHARS_MAX).optional())
                        .orNoBody())
                .limited(new RateLimit(
                        "stream-ticket",
                        60,
                        Duration.ofMinutes(1),
                        request -> request.principal().account().toString())));
    }

    private static BodySchema.Field texts(String name, int charsMax) {
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
            @Nullable List<String> channels, @Nullable List<String> types) {}

    private Future<Response> ticket(Request request) {
        var form = request.body(TicketForm.class);
        var holder = request.principal();
        var channels = form.channels();
        var may = sights.get();
        if (channels != null && !channels.stream().allMatch(channel -> may.mayRead(holder, channel))) {
            throw Problem.forbidden("you may not read some of these channels");
        }
        if (form.types() != null && !EventTypeFilter.wellFormed(form.types())) {
            throw Problem.invalid("#/types", "format", "must be event types, each whole or ending in .*");
        }
        var secret = TicketClaims.secret(random);
        var ticket = new TicketClaims(holder, form.channels(), form.types());
        var body = new StreamTicket(secret, TICKET_LIFE.toSeconds());
        return commands.send(new IssueTicket(TicketClaims.digest(secret), ticket), request.cause())
                .map(done -> new Response(201, List.of(), List.of(), body).header("Cache-Control", "no-store"));
    }

    @Override
    public Optional<PersonalData> personalData() {
        return Optional.of(new TicketPersonalData());
    }

    private static Future<Void> issue(Tx tx, IssueTicket command) {
        return TicketTable.insert(tx.sql(), command.digest(), command.ticket(), TICKET_LIFE);
    }

    private static Future<TicketClaims> redeem(Tx tx, RedeemTicket command) {
        return TicketTable.redeem(tx.sql(), command.digest())
                .map(found -> found.orElseThrow(
                        () -> Problem.unauthenticated("invalid-ticket", "this ticket is unknown, used or too old")));
    }
}
