package dev.skelly.feature.accounts;

import dev.skelly.feature.About;
import dev.skelly.feature.Access;
import dev.skelly.feature.Answer;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Done;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Reply;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.feature.Shape;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Going on, signing out, here and everywhere, and seeing where one is signed in. */
final class SessionRoutes {

    private static final int TOKEN_CHARS_MAX = 200;
    private static final Shape REFRESH =
            Shape.of(Shape.text("refreshToken", 1, TOKEN_CHARS_MAX).optional()).orNoBody();

    private static final Answer SIGNED_IN =
            Answer.of(200, SignedInReply.class).cookies("`refresh` and `session`, HttpOnly and SameSite=Strict.");

    private final Commands commands;

    SessionRoutes(Commands commands) {
        this.commands = commands;
    }

    List<Route> all() {
        return List.of(
                Route.of("POST", "/api/auth/refresh", Access.ANYONE, "Get the next access token", this::refresh)
                        .taking(REFRESH)
                        .signed(About.Sign.REFRESH_COOKIE)
                        .answering(SIGNED_IN)
                        .refusing(
                                Problem.Kind.UNAUTHENTICATED,
                                "invalid-refresh-token",
                                "the sign-in has ended, or no token was sent"),
                Route.of("POST", "/api/auth/logout", Access.ANYONE, "Sign out", this::logout)
                        .signed(About.Sign.BEARER, About.Sign.REFRESH_COOKIE)
                        .answering(Answer.empty(204).positioned().cookies("Removes both cookies.")),
                Route.of("GET", "/api/auth/sessions", Access.SIGNED_IN, "One's sign-ins", this::sessions)
                        .answering(200, Sessions.class),
                Route.of("DELETE", "/api/auth/sessions", Access.SIGNED_IN, "End all of one's sign-ins", this::endAll)
                        .answering(Answer.empty(204).positioned().cookies("Removes both cookies.")),
                Route.of("DELETE", "/api/auth/sessions/{id}", Access.SIGNED_IN, "End one of one's sign-ins", this::end)
                        .answering(Answer.empty(204).positioned()));
    }

    /** A program without cookies sends the token in the body. */
    private record Refresh(@Nullable String refreshToken) {}

    private Future<Reply> refresh(Request request) {
        var token = Optional.ofNullable(request.body(Refresh.class).refreshToken())
                .or(() -> request.cookie(SignedInReply.REFRESH_COOKIE))
                .orElseThrow(SessionRoutes::uselessToken);
        return commands.send(new RefreshSession(new Secret(token)), request.cause())
                .map(SessionRoutes::refreshed);
    }

    private static Reply refreshed(Done<RefreshSession.Answer> done) {
        var signedIn = done.result().signedIn();
        if (signedIn == null) {
            throw uselessToken();
        }
        return SignedInReply.of(signedIn, done.position());
    }

    private static Problem uselessToken() {
        return Problem.unauthenticated("invalid-refresh-token", "the sign-in has ended; sign in again");
    }

    private Future<Reply> logout(Request request) {
        return endOwn(request).map(position -> SignedInReply.signedOut().at(position.orElse(null)));
    }

    /** The position of what was written; empty when there was nothing to end. */
    private Future<Optional<String>> endOwn(Request request) {
        var caller = request.caller();
        if (caller.isPresent()) {
            return commands.send(ending(caller.get()), request.cause())
                    .map(done -> Optional.ofNullable(done.position()));
        }
        var token = request.cookie(SignedInReply.REFRESH_COOKIE);
        return token.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : commands.send(new SignOut(new Secret(token.get())), request.cause())
                        .map(done -> Optional.ofNullable(done.position()));
    }

    private static EndSession ending(Principal caller) {
        return new EndSession(caller.account(), caller.session());
    }

    /**
     * A list of sign-ins.
     *
     * @param current which of them asks
     */
    private record Sessions(List<SessionView> items, UUID current) {}

    private Future<Reply> sessions(Request request) {
        var caller = request.principal();
        return commands.ask(new ListSessions(caller.account()))
                .map(sessions -> Reply.ok(new Sessions(sessions.items(), caller.session())));
    }

    private Future<Reply> endAll(Request request) {
        return commands.send(new EndSessions(request.principal().account()), request.cause())
                .map(done -> SignedInReply.signedOut().at(done.position()));
    }

    private Future<Reply> end(Request request) {
        var session = Ids.read(request.path("id")).orElseThrow(SessionRoutes::noSuchSession);
        return commands.send(new EndSession(request.principal().account(), session), request.cause())
                .map(SessionRoutes::ended);
    }

    private static Reply ended(Done<EndSession.Answer> done) {
        if (!done.result().known()) {
            throw noSuchSession();
        }
        return Reply.noContent().at(done.position());
    }

    private static Problem noSuchSession() {
        return Problem.notFound("you have no such sign-in");
    }
}
