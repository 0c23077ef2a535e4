package dev.skelly.stream;

import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBinding;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Feature;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryBinding;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Reply;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.feature.Shape;
import dev.skelly.log.LogIdentity;
import dev.skelly.log.LogReader;
import dev.skelly.log.Page;
import dev.skelly.log.Tx;
import dev.skelly.view.Sights;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What streams need of the persistence role, and where tickets are fetched. */
public final class StreamFeature implements Feature {

    private static final Duration TICKET_LIFE = Duration.ofSeconds(30);
    private static final int CHANNEL_CHARS_MAX = 200;

    private final Commands commands;
    private final SecureRandom random;
    private final Supplier<Sights> sights;

    /**
     * Issues tickets through {@code commands}.
     *
     * @param sights asked when a ticket is, because it is made from what all features declare
     */
    public StreamFeature(Commands commands, SecureRandom random, Supplier<Sights> sights) {
        this.commands = commands;
        this.random = random;
        this.sights = sights;
    }

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<CommandBinding<?, ?>> commands() {
        return List.of(
                CommandBinding.on("stream.issue-ticket", IssueTicket.class, Void.class, StreamFeature::issue),
                CommandBinding.on("stream.redeem-ticket", RedeemTicket.class, Ticket.class, StreamFeature::redeem));
    }

    @Override
    public List<QueryBinding<?, ?>> queries() {
        return List.of(
                QueryBinding.on(
                        "stream.read-page",
                        ReadPage.class,
                        Page.class,
                        (sql, wish) ->
                                new LogReader(sql).page(wish.after(), wish.channels(), wish.types(), wish.limit())),
                QueryBinding.on(
                        "stream.read-head",
                        ReadHead.class,
                        ReadHead.Head.class,
                        (sql, wish) -> new LogReader(sql).head().map(ReadHead.Head::new)),
                QueryBinding.on(
                        "stream.find-position",
                        FindPosition.class,
                        FindPosition.Found.class,
                        (sql, wish) -> new LogReader(sql).positionOf(wish.seq()).map(FindPosition.Found::of)),
                QueryBinding.on(
                        "stream.read-identity",
                        ReadIdentity.class,
                        LogIdentity.class,
                        (sql, wish) -> LogIdentity.load(sql)));
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(
                        "POST", "/api/stream/tickets", Access.SIGNED_IN, "A ticket that opens one stream", this::ticket)
                .answering(201, Issued.class)
                .refusing(Problem.Kind.FORBIDDEN, "forbidden", "some of the channels are not the caller's to read")
                .taking(Shape.of(
                                texts("channels", CHANNEL_CHARS_MAX).optional(),
                                texts("types", CHANNEL_CHARS_MAX).optional())
                        .orNoBody())
                .limited(new RateLimit(
                        "stream-ticket",
                        60,
                        Duration.ofMinutes(1),
                        request -> request.principal().account().toString())));
    }

    private static Shape.Field texts(String name, int charsMax) {
        return new Shape.Field(
                name,
                true,
                Map.of(
                        "type",
                        "array",
                        "maxItems",
                        TypeFilter.TERMS_MAX,
                        "items",
                        Map.of("type", "string", "minLength", 1, "maxLength", charsMax)));
    }

    /**
     * What a ticket is answered with.
     *
     * @param expiresIn seconds
     */
    record Issued(String ticket, long expiresIn) {}

    /** The body: to what the ticket is narrowed. */
    record Wish(@Nullable List<String> channels, @Nullable List<String> types) {}

    private Future<Reply> ticket(Request request) {
        var wish = request.body(Wish.class);
        var holder = request.principal();
        var channels = wish.channels();
        var may = sights.get();
        if (channels != null && !channels.stream().allMatch(channel -> may.mayRead(holder, channel))) {
            throw Problem.forbidden("some of these channels are not yours to read");
        }
        if (wish.types() != null && !TypeFilter.wellFormed(wish.types())) {
            throw Problem.invalid("#/types", "format", "must be event types, each whole or ending in .*");
        }
        var secret = Ticket.secret(random);
        var ticket = new Ticket(holder, wish.channels(), wish.types());
        var body = new Issued(secret, TICKET_LIFE.toSeconds());
        return commands.send(new IssueTicket(Ticket.digest(secret), ticket), request.cause())
                .map(done -> new Reply(201, List.of(), List.of(), body).header("Cache-Control", "no-store"));
    }

    @Override
    public Optional<PersonalData> personalData() {
        return Optional.of(new TicketHolders());
    }

    private static Future<Void> issue(Tx tx, IssueTicket command) {
        return TicketTable.insert(tx.sql(), command.digest(), command.ticket(), TICKET_LIFE);
    }

    private static Future<Ticket> redeem(Tx tx, RedeemTicket command) {
        return TicketTable.redeem(tx.sql(), command.digest())
                .map(found -> found.orElseThrow(
                        () -> Problem.unauthenticated("invalid-ticket", "this ticket is unknown, used or too old")));
    }
}
