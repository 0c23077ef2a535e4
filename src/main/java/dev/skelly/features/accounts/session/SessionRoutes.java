package dev.skelly.features.accounts.session;

import dev.skelly.feature.Access;
import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.ClientDevice;
import dev.skelly.features.accounts.login.LoginResponse;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes that refresh, list and end sessions. */
public final class SessionRoutes {

    private static final int TOKEN_CHARS_MAX = 200;
    private static final BodySchema REFRESH = BodySchema.of(
                    BodySchema.text("refreshToken", 1, TOKEN_CHARS_MAX).optional())
            .orNoBody();

    private static final ResponseDescription SIGNED_IN = ResponseDescription.of(200, LoginResponse.class)
            .cookies("`refresh` and `session`, HttpOnly and SameSite=Strict; none when the token was in the body.");

    private final CommandBus commands;

    public SessionRoutes(CommandBus commands) {
        this.commands = commands;
    }

    public List<Route> all() {
        return List.of(
                Route.of("POST", "/api/auth/refresh", Access.ANYONE, "Refresh the access token", this::refresh)
                        .body(REFRESH)
                        .signed(ApiDescription.Sign.REFRESH_COOKIE)
                        .response(SIGNED_IN)
                        .problem(
                                Problem.Kind.UNAUTHENTICATED,
                                "invalid-refresh-token",
                                "the session has ended, or no token was sent"),
                Route.of("POST", "/api/auth/logout", Access.ANYONE, "End the session", this::logout)
                        .signed(ApiDescription.Sign.BEARER, ApiDescription.Sign.REFRESH_COOKIE)
                        .response(ResponseDescription.empty(204).positioned().cookies("Removes both cookies.")),
                Route.of("GET", "/api/auth/sessions", Access.SIGNED_IN, "List one's own sessions", this::sessions)
                        .response(200, SessionList.class),
                Route.of(
                                "DELETE",
                                "/api/auth/sessions",
                                Access.SIGNED_IN,
                                "End all of one's own sessions",
                                this::endAll)
                        .response(ResponseDescription.empty(204).positioned().cookies("Removes both cookies.")),
                Route.of(
                                "DELETE",
                                "/api/auth/sessions/{id}",
                                Access.SIGNED_IN,
                                "End one of one's own sessions",
                                this::end)
                        .response(ResponseDescription.empty(204).positioned()));
    }

    /** Request body of POST /api/auth/refresh, for clients without cookies. */
    private record Refresh(@Nullable String refreshToken) {}

    private Future<Response> refresh(Request request) {
        var sent = request.body(Refresh.class).refreshToken();
        var token = Optional.ofNullable(sent)
                .or(() -> request.cookie(LoginResponse.REFRESH_COOKIE))
                .orElseThrow(SessionRoutes::uselessToken);
        return commands.send(new RefreshSession(new SecretText(token), ClientDevice.of(request)), request.cause())
                .map(done -> refreshed(done, sent != null));
    }

    private static Response refreshed(CommandResult<RefreshSession.RefreshedSession> done, boolean withoutCookies) {
        var signedIn = done.result().signedIn();
        if (signedIn == null) {
            throw uselessToken();
        }
        return withoutCookies
                ? LoginResponse.withoutCookies(signedIn, done.position())
                : LoginResponse.of(signedIn, done.position());
    }

    private static Problem uselessToken() {
        return Problem.unauthenticated("invalid-refresh-token", "the session has ended; sign in again");
    }

    private Future<Response> logout(Request request) {
        return endOwn(request).map(position -> LoginResponse.signedOut().at(position.orElse(null)));
    }

    /** Returns the position after the write; empty when there was no session to end. */
    private Future<Optional<String>> endOwn(Request request) {
        var caller = request.caller();
        if (caller.isPresent()) {
            return commands.send(ending(caller.get()), request.cause())
                    .map(done -> Optional.ofNullable(done.position()));
        }
        var token = request.cookie(LoginResponse.REFRESH_COOKIE);
        return token.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : commands.send(new LogOut(new SecretText(token.get())), request.cause())
                        .map(done -> Optional.ofNullable(done.position()));
    }

    private static EndSession ending(Principal caller) {
        return new EndSession(caller.account(), caller.session());
    }

    /**
     * The sessions of the caller.
     *
     * @param current id of the session of this request
     */
    private record SessionList(List<SessionView> items, UUID current) {}

    private Future<Response> sessions(Request request) {
        var caller = request.principal();
        return commands.query(new ListSessions(caller.account()))
                .map(sessions -> Response.ok(new SessionList(sessions.items(), caller.session())));
    }

    private Future<Response> endAll(Request request) {
        return commands.send(new EndSessions(request.principal().account()), request.cause())
                .map(done -> LoginResponse.signedOut().at(done.position()));
    }

    private Future<Response> end(Request request) {
        var session = Ids.read(request.path("id")).orElseThrow(SessionRoutes::noSuchSession);
        return commands.send(new EndSession(request.principal().account(), session), request.cause())
                .map(SessionRoutes::ended);
    }

    private static Response ended(CommandResult<EndSession.EndedSession> done) {
        if (!done.result().known()) {
            throw noSuchSession();
        }
        return Response.noContent().at(done.position());
    }

    private static Problem noSuchSession() {
        return Problem.notFound("no such session");
    }
}
