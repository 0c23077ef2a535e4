package dev.skelly.features.accounts.registration;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.Access;
import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.DeviceCookie;
import dev.skelly.features.accounts.login.LinkBrowser;
import dev.skelly.features.accounts.mail.LinkToken;
import dev.skelly.features.accounts.mail.MailRequest;
import dev.skelly.features.accounts.mail.RequestMail;
import dev.skelly.features.accounts.password.PasswordNeeded;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of registration and of the verification of the address. */
public final class RegistrationRoutes {

    public static final ResponseDescription CREATED =
            ResponseDescription.of(201, RegisteredUser.class).with("Location", "The URL of the account.");

    private static final String DEVICE =
            "`device`, HttpOnly and SameSite=Strict: the browser that registered opens the mailed link without a new password.";

    private final CommandBus commands;
    private final PasswordHasher passwords;
    private final Supplier<AuthConfig.Registration> registration;
    private final RateLimit limit;
    private final DeviceCookie devices;
    private final SecureRandom random;
    private final Supplier<UUID> ids;

    /**
     * Creates the routes.
     *
     * @param registration who may register now
     * @param limit limits registrations of a network
     * @param random makes the secrets of device cookies and links
     */
    public RegistrationRoutes(
            CommandBus commands,
            PasswordHasher passwords,
            Supplier<AuthConfig.Registration> registration,
            RateLimit limit,
            SecureRandom random,
            Supplier<UUID> ids) {
        this.commands = commands;
        this.passwords = passwords;
        this.registration = registration;
        this.limit = limit;
        this.devices = new DeviceCookie(random);
        this.random = random;
        this.ids = ids;
    }

    public List<Route> all() {
        return List.of(
                Route.of("POST", "/api/auth/register", Access.ANYONE, "Register an account", this::register)
                        .body(RegistrationForm.SHAPE)
                        .limited(limit)
                        .idempotent()
                        .response(
                                CREATED.cookies(DEVICE),
                                ResponseDescription.of(202, RegistrationPending.class)
                                        .cookies(DEVICE)
                                        .meaning(
                                                "Registration was accepted; the response does not reveal whether the address has an account."))
                        .problem(
                                Problem.Kind.FORBIDDEN,
                                "registration-closed",
                                "registration is closed; the operator creates accounts")
                        .problem(Problem.Kind.CONFLICT, "email-taken", "an account with this address exists"),
                Route.of("POST", "/api/auth/verify-email", Access.ANYONE, "Verify an e-mail address", this::verify)
                        .body(LinkToken.SHAPE)
                        .response(PasswordNeeded.SAME_BROWSER, PasswordNeeded.OTHER_BROWSER)
                        .signed(ApiDescription.Sign.BEARER, ApiDescription.Sign.REFRESH_COOKIE),
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
        var device = devices.ofOrNew(request);
        return passwords
                .hash(form.password(), request.address())
                .map(hash -> new Register(id, form.email(), new SecretText(hash), form.name(), device))
                .compose(command -> commands.send(command, request.cause()))
                .map(done -> allowed == AuthConfig.Registration.PRIVATE ? asked() : created(id, done))
                .map(response -> response.cookie(DeviceCookie.carrying(device)));
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
        var reset = SecretText.random(random);
        return commands.send(new VerifyEmail(token, LinkBrowser.of(request), reset), request.cause())
                .map(done -> PasswordNeeded.of(done, reset));
    }
}
