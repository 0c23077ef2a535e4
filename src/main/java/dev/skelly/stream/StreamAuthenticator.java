package dev.skelly.stream;

import dev.skelly.auth.TokenVerifier;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.http.RequestContext;
import dev.skelly.http.SessionCookie;
import dev.skelly.view.EventViews;
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

    private static final Duration ANONYMOUS_TIME = Duration.ofDays(1); // The maximum age of a stream is less.

    private final TokenVerifier tokens;
    private final CommandBus commands;
    private final Supplier<EventViews> views;
    private final boolean anonymous;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * Creates the authenticator of a node.
     *
     * @param anonymous whether a caller without credentials is admitted
     */
    StreamAuthenticator(
            TokenVerifier tokens,
            CommandBus commands,
            Supplier<EventViews> views,
            boolean anonymous,
            Clock clock,
            Supplier<UUID> ids) {
        this.views = views;
        this.tokens = tokens;
        this.commands = commands;
        this.anonymous = anonymous;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Authenticates the caller.
     *
     * @param ticket null without one; used up by this call unless it is reusable
     * @return fails with 401 without a valid login, 403 when the ticket belongs to another account or page
     */
    Future<StreamCaller> identify(RoutingContext exchange, @Nullable String ticket) {
        var caller = RequestContext.caller(exchange);
        if (ticket != null) {
            return redeem(exchange, ticket)
                    .compose(found -> owner(exchange, caller).map(owner -> match(found, owner)));
        }
        return caller.map(principal -> Future.succeededFuture(StreamCaller.of(principal)))
                .orElseGet(() -> byCookie(exchange));
    }

    private Future<StreamCaller> byCookie(RoutingContext exchange) {
        return SessionCookie.value(exchange)
                .map(cookie -> tokens.verifyCookie(cookie).map(StreamCaller::of))
                .orElseGet(this::anonymousCaller);
    }

    private Future<StreamCaller> anonymousCaller() {
        return anonymous
                ? Future.succeededFuture(
                        StreamCaller.anonymous(ids.get(), clock.instant().plus(ANONYMOUS_TIME)))
                : Future.failedFuture(Problem.unauthenticated(
                        "no-token", "a stream needs a bearer token, the session cookie or a ticket"));
    }

    /** Returns the holder of a newer token on an open connection; fails like {@link TokenVerifier#verify}, or with 403 for another account. */
    Future<StreamCaller> renew(StreamCaller caller, String token) {
        return tokens.verify(token).map(newer -> {
            if (!newer.account().equals(caller.principal().account())) {
                throw Problem.forbidden("the token belongs to another account");
            }
            return caller.with(newer);
        });
    }

    private Future<StreamCaller> redeem(RoutingContext exchange, String ticket) {
        if (!TicketClaims.wellFormed(ticket)) {
            return Future.failedFuture(Problem.unauthenticated("invalid-ticket", "this is not a ticket"));
        }
        return commands.send(new RedeemTicket(TicketClaims.digest(ticket)), RequestContext.cause(exchange))
                .map(CommandResult::result)
                .compose(
                        claims -> holder(exchange, claims).map(holder -> StreamCaller.of(holder, claims, views.get())));
    }

    /* A reusable ticket has the rights of its session at each use. The page is known by its origin, which browsers omit on its own site. */
    private Future<Principal> holder(RoutingContext exchange, TicketClaims claims) {
        if (!claims.reusable()) {
            return Future.succeededFuture(claims.holder());
        }
        var origin = exchange.request().getHeader("Origin");
        if (origin != null && !origin.equals(claims.origin())) {
            return Future.failedFuture(Problem.forbidden("this ticket belongs to another page"));
        }
        return tokens.holder(claims.holder().session());
    }

    /* A cookie that another site's page sent, or that has expired, is ignored beside a ticket. */
    private Future<Optional<Principal>> owner(RoutingContext exchange, Optional<Principal> caller) {
        if (caller.isPresent()) {
            return Future.succeededFuture(caller);
        }
        return Future.succeededFuture(exchange)
                .map(SessionCookie::value)
                .compose(
                        cookie -> cookie.map(tokens::verifyCookie).orElseThrow().map(Optional::of))
                .otherwise(Optional.empty());
    }

    private static StreamCaller match(StreamCaller holder, Optional<Principal> owner) {
        if (owner.isPresent()
                && !owner.get().account().equals(holder.principal().account())) {
            throw Problem.forbidden("this ticket belongs to another account");
        }
        return holder;
    }
}
