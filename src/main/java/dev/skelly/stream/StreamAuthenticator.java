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

/** Authenticates the caller of a stream: by bearer token, by ticket, or by the session cookie of a page of the same origin. */
final class StreamAuthenticator {

    private final TokenVerifier tokens;
    private static final Duration ANONYMOUS_TIME = Duration.ofDays(1); // The maximum age of a stream is less.

    private final CommandBus commands;
    private final boolean anonymous;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * Creates the authenticator of a node.
     *
     * @param anonymous whether a caller without credentials is admitted
     */
    StreamAuthenticator(TokenVerifier tokens, CommandBus commands, boolean anonymous, Clock clock, Supplier<UUID> ids) {
        this.tokens = tokens;
        this.commands = commands;
        this.anonymous = anonymous;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Authenticates the caller.
     *
     * @param ticket null if there is none; used up by this call
     * @return fails with 401 without a valid login, 403 when the ticket belongs to another account
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

    /** Returns whether the cookie is the only credential. */
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

    /* A cookie that another site's page sent, or that has expired, is ignored beside a ticket. */
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
            throw Problem.forbidden("this ticket belongs to another account");
        }
        return StreamCaller.of(ticket);
    }
}
