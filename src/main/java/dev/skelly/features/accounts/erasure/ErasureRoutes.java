package dev.skelly.features.accounts.erasure;

import dev.skelly.auth.AuthConfig;
import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.admin.RecordAuditEntry;
import dev.skelly.features.accounts.login.LoginResponse;
import dev.skelly.features.accounts.password.FindPasswordHash;
import dev.skelly.features.accounts.password.PasswordConfirmation;
import dev.skelly.features.accounts.password.PasswordRules;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of export and erasure. */
public final class ErasureRoutes {

    private static final BodySchema PASSWORD =
            BodySchema.of(PasswordRules.present("password").optional()).orNoBody();
    private static final RateLimit EXPORTS = new RateLimit(
            "export",
            10,
            Duration.ofHours(1),
            request -> request.principal().account().toString());

    private final CommandBus commands;
    private final PasswordConfirmation owner;
    private final AuthConfig config;
    private final Clock clock;

    public ErasureRoutes(CommandBus commands, PasswordConfirmation owner, AuthConfig config, Clock clock) {
        this.commands = commands;
        this.owner = owner;
        this.config = config;
        this.clock = clock;
    }

    public List<Route> all() {
        return List.of(
                Route.of("GET", "/api/me/export", Access.SIGNED_IN, "Export one's own personal data", this::export)
                        .limited(EXPORTS)
                        .response(ResponseDescription.of(200, Map.of("type", "object"))
                                .meaning("The data by feature. Browsers download it as a file.")),
                Route.of("DELETE", "/api/me", Access.SIGNED_IN, "Erase one's own account", this::eraseOwn)
                        .body(PASSWORD)
                        .limited(PasswordConfirmation.limit())
                        .response(erased())
                        .matching(true)
                        .problem(
                                Problem.Kind.FORBIDDEN,
                                "sign-in-again",
                                "no password was sent, and the last login is too long ago")
                        .problem(
                                Problem.Kind.CONFLICT,
                                "last-administrator",
                                "the account is the only administrator who can sign in"),
                Route.of("DELETE", "/api/users/{id}", Access.ADMIN, "Erase an account", this::erase)
                        .response(erased())
                        .matching(true)
                        .problem(
                                Problem.Kind.CONFLICT,
                                "last-administrator",
                                "the account is the only administrator who can sign in"));
    }

    private static ResponseDescription erased() {
        return ResponseDescription.empty(204)
                .meaning("The account and its personal data are erased. The address can be registered again.")
                .positioned();
    }

    private Future<Response> export(Request request) {
        var account = request.principal().account();
        return commands.send(new RecordAuditEntry(RecordAuditEntry.AuditEntryKind.EXPORTED, account), request.cause())
                .compose(noted -> commands.query(new ExportAccount(account)))
                .map(all -> Response.ok(all.features())
                        .header("Content-Disposition", "attachment; filename=\"skelly-export.json\""));
    }

    /** Request body of DELETE /api/me. The password is needed when the last login is too long ago. */
    private record Confirmation(@Nullable String password) {}

    private Future<Response> eraseOwn(Request request) {
        var expected = EntityTag.required(request).orElse(null);
        var password = request.body(Confirmation.class).password();
        return owner.of(request)
                .compose(known -> password == null
                        ? fresh(known)
                        : owner.prove(request, known, password, "#/password").<Void>mapEmpty())
                .compose(sure -> erase(request, request.principal().account(), expected))
                .map(LoginResponse::removingCookies);
    }

    private Future<Void> fresh(FindPasswordHash.PasswordHash known) {
        var fresh = clock.instant().isBefore(known.signedInAt().plus(config.freshSignIn()));
        return fresh
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.of(
                        Problem.Kind.FORBIDDEN,
                        "sign-in-again",
                        "send the password, or sign in again and repeat this"));
    }

    private Future<Response> erase(Request request) {
        var account = Ids.read(request.path("id")).orElseThrow(() -> Problem.notFound("no such account"));
        return erase(request, account, EntityTag.required(request).orElse(null));
    }

    private Future<Response> erase(Request request, UUID account, @Nullable Long expected) {
        return commands.send(new EraseAccount(account, expected), request.cause())
                .map(done -> Response.noContent().at(done.position()));
    }
}
