package dev.skelly.features.accounts.email;

import dev.skelly.feature.Access;
import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.LinkBrowser;
import dev.skelly.features.accounts.mail.LinkToken;
import dev.skelly.features.accounts.password.PasswordConfirmation;
import dev.skelly.features.accounts.password.PasswordNeeded;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes that request a change of the e-mail address, and confirm it with a mailed link. */
public final class EmailRoutes {

    private static final RateLimit WISHES = new RateLimit(
            "email-change",
            5,
            Duration.ofHours(1),
            request -> request.principal().account().toString());

    private final CommandBus commands;
    private final PasswordConfirmation owner;
    private final SecureRandom random;
    private final Supplier<UUID> ids;

    public EmailRoutes(CommandBus commands, PasswordConfirmation owner, SecureRandom random, Supplier<UUID> ids) {
        this.commands = commands;
        this.owner = owner;
        this.random = random;
        this.ids = ids;
    }

    public List<Route> all() {
        return List.of(
                Route.of(
                                "PUT",
                                "/api/me/email",
                                Access.SIGNED_IN,
                                "Request a change of the e-mail address",
                                this::requestChange)
                        .body(EmailChangeRequest.SHAPE)
                        .limited(PasswordConfirmation.limit())
                        .limited(WISHES)
                        .response(ResponseDescription.empty(204)
                                .meaning(
                                        "A mail was sent to the new address and a notice to the present one. The address changes "
                                                + "when the mailed link is opened.")
                                .positioned())
                        .problem(
                                Problem.Kind.CONFLICT,
                                "email-taken",
                                "another account has the address, and registration is open"),
                Route.of(
                                "POST",
                                "/api/auth/confirm-email",
                                Access.ANYONE,
                                "Change the e-mail address with the mailed link",
                                this::confirm)
                        .body(LinkToken.SHAPE)
                        .response(PasswordNeeded.SAME_BROWSER, PasswordNeeded.OTHER_BROWSER)
                        .signed(ApiDescription.Sign.BEARER, ApiDescription.Sign.REFRESH_COOKIE)
                        .problem(Problem.Kind.CONFLICT, "email-taken", "another account has taken the address since"));
    }

    private Future<Response> requestChange(Request request) {
        var form = request.body(EmailChangeRequest.class);
        var account = request.principal().account();
        return owner.prove(request, form.password(), "#/password")
                .compose(seen ->
                        commands.send(new RequestEmailChange(ids.get(), account, form.email(), seen), request.cause()))
                .map(done -> Response.noContent().at(done.position()));
    }

    private Future<Response> confirm(Request request) {
        var token = request.body(LinkToken.class).secret();
        var reset = SecretText.random(random);
        return commands.send(new ChangeEmail(token, LinkBrowser.of(request), reset), request.cause())
                .map(done -> PasswordNeeded.of(done, reset));
    }
}
