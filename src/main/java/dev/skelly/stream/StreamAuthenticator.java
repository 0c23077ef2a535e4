package dev.skelly.stream;

import dev.skelly.auth.TokenVerifier;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.http.RequestContext;
import dev.skelly.http.SessionCookie;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out who wants a stream: by bearer token, by ticket, or by the session cookie of our own pages. */
final class StreamAuthenticator {

    private final TokenVerifier tokens;
    private static final Duration ANONYMOUS_TIME = Duration.ofDays(1); // The greatest age of a stream is less.

    private final CommandBus commands;
    private final boolean anonymous;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * One for a node.
     *
     * @param anonymous whether somebody who shows nothing at all is let in
     */
    StreamAuthenticator(TokenVerifier tokens, CommandBus commands, boolean anonymous, Clock clock, Supplier<UUID> ids) {
        this.tokens = tokens;
        this.commands = commands;
        this.anonymous = anonymous;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Who it is.
     *
     * @param ticket null where there is none; used up by this call
     * @return fails with 401 when nobody is signed in, 403 when the ticket is somebody else's
     */
    Future<StreamCaller> identify(RoutingContext exchange, @Nullable String ticket) {
        var caller = RequestContext.caller(exchange);
        if (ticket != null) {
            return redeem(exchange, ticket)
                    .compose(found -> owner(exchange, caller).map(owner -> match(found, owner)));
        }
        return caller.map(principal -> Future.succeededFuture(StreamCaller.of(principal, false)))
                .orElseGet(() -> byCookie(exchange));
    }

    /** Whether nothing but the cookie says who wants a stream. */
    static boolean onlyCookie(RoutingContext exchange) {
        return RequestContext.caller(exchange).isEmpty()
                && exchange.request().getHeader("Authorization") == null
                && exchange.request().getParam("ticket") == null;
    }

    private Future<StreamCaller> byCookie(RoutingContext exchange) {
        return SessionCookie.token(exchange)
                .map(token -> tokens.verify(token).map(principal -> StreamCaller.of(principal, true)))
                .orElseGet(this::nobody);
    }

    private Future<StreamCaller> nobody() {
        return anonymous
                ? Future.succeededFuture(
                        StreamCaller.anonymous(ids.get(), clock.instant().plus(ANONYMOUS_TIME)))
                : Future.failedFuture(Problem.unauthenticated(
                        "no-token", "a stream needs a bearer token, the session cookie or a ticket"));
    }

    private Future<TicketClaims> redeem(RoutingContext exchange, String ticket) {
        if (!TicketClaims.wellFormed(ticket)) {
            return Future.failedFuture(Problem.unauthenticated("invalid-ticket", "this is not a ticket"));
        }
        return commands.send(new RedeemTicket(TicketClaims.digest(ticket)), RequestContext.cause(exchange))
                .map(CommandResult::result);
    }

    /* A cookie that another site's page sent along, or that has had its time, says nothing beside a ticket. */
    private Future<Optional<Principal>> owner(RoutingContext exchange, Optional<Principal> caller) {
        if (caller.isPresent()) {
            return Future.succeededFuture(caller);
        }
        return Future.succeededFuture(exchange)
                .map(SessionCookie::token)
                .compose(token -> token.map(tokens::verify).orElseThrow().map(Optional::of))
                .otherwise(Optional.empty());
    }

    private static StreamCaller match(TicketClaims ticket, Optional<Principal> owner) {
        if (owner.isPresent() && !owner.get().account().equals(ticket.holder().account())) {
            throw Problem.forbidden("this ticket is somebody else's");
        }
        return StreamCaller.of(ticket);
    }
}
