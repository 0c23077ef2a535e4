package dev.skelly.features.accounts.registration;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.mail.LinkToken;
import dev.skelly.features.accounts.mail.MailRequest;
import dev.skelly.features.accounts.mail.RequestMail;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of registration and of the verification of the address. */
public final class RegistrationRoutes {

    public static final ResponseDescription CREATED =
            ResponseDescription.of(201, RegisteredUser.class).with("Location", "The URL of the account.");

    private final CommandBus commands;
    private final PasswordHasher passwords;
    private final Supplier<AuthConfig.Registration> registration;
    private final RateLimit limit;
    private final Supplier<UUID> ids;

    /**
     * Creates the routes.
     *
     * @param registration who may register now
     * @param limit limits registrations of a network
     */
    public RegistrationRoutes(
            CommandBus commands,
            PasswordHasher passwords,
            Supplier<AuthConfig.Registration> registration,
            RateLimit limit,
            Supplier<UUID> ids) {
        this.commands = commands;
        this.passwords = passwords;
        this.registration = registration;
        this.limit = limit;
        this.ids = ids;
    }

    public List<Route> all() {
        return List.of(
                Route.of("POST", "/api/auth/register", Access.ANYONE, "Register an account", this::register)
                        .body(RegistrationForm.SHAPE)
                        .limited(limit)
                        .idempotent()
                        .response(
                                CREATED,
                                ResponseDescription.of(202, RegistrationPending.class)
                                        .meaning(
                                                "Registration was accepted; the response does not reveal whether the address has an account."))
                        .problem(
                                Problem.Kind.FORBIDDEN,
                                "registration-closed",
                                "registration is closed; the operator creates accounts")
                        .problem(Problem.Kind.CONFLICT, "email-taken", "an account with this address exists"),
                Route.of("POST", "/api/auth/verify-email", Access.ANYONE, "Verify an e-mail address", this::verify)
                        .body(LinkToken.SHAPE)
                        .response(ResponseDescription.empty(204).positioned()),
                Route.of(
                                "POST",
                                "/api/auth/verify-email/resend",
                                Access.ANYONE,
                                "Request another verification mail",
                                request -> MailRequest.ask(commands, ids, request, RequestMail.MailKind.VERIFICATION))
                        .body(MailRequest.SHAPE)
                        .limited(MailRequest.limit("verify-resend"))
                        .limited(MailRequest.limitOfPlace("verify-resend-address"))
                        .response(MailRequest.ANSWER));
    }

    /** Response body of a registration. */
    private record RegisteredUser(UUID id, @Nullable String position) {}

    private Future<Response> register(Request request) {
        var form = request.body(RegistrationForm.class);
        var allowed = registration.get();
        if (allowed == AuthConfig.Registration.CLOSED) {
            throw Problem.of(
                    Problem.Kind.FORBIDDEN,
                    "registration-closed",
                    "registration is closed; the operator creates accounts");
        }
        var id = request.newId();
        return passwords
                .hash(form.password(), request.address())
                .map(hash -> new Register(id, form.email(), new SecretText(hash), form.name()))
                .compose(command -> commands.send(command, request.cause()))
                .map(done -> allowed == AuthConfig.Registration.PRIVATE ? asked() : created(id, done));
    }

    /** Response body of a registration that must not reveal, by a position either, whether anything was written. */
    private record RegistrationPending(String next) {}

    private static Response asked() {
        return Response.accepted(new RegistrationPending("a mail to this address describes the next step"));
    }

    public static Response created(UUID id, CommandResult<Void> done) {
        return Response.created("/api/users/" + id, new RegisteredUser(id, done.position()));
    }

    private Future<Response> verify(Request request) {
        var token = request.body(LinkToken.class).secret();
        return commands.send(new VerifyEmail(token), request.cause())
                .map(done -> Response.noContent().at(done.position()));
    }
}
