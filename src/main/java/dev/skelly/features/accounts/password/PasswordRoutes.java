package dev.skelly.features.accounts.password;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.FieldError;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes that set a new password: with the old one, or with a mailed link. */
public final class PasswordRoutes {

    private static final RateLimit RESETS = RateLimit.perNetwork("password-reset", 20, Duration.ofMinutes(15));

    private final CommandBus commands;
    private final PasswordHasher passwords;
    private final PasswordConfirmation owner;
    private final Supplier<UUID> ids;

    public PasswordRoutes(
            CommandBus commands, PasswordHasher passwords, PasswordConfirmation owner, Supplier<UUID> ids) {
        this.commands = commands;
        this.passwords = passwords;
        this.owner = owner;
        this.ids = ids;
    }

    public List<Route> all() {
        return List.of(
                Route.of(
                                "POST",
                                "/api/auth/password/forgot",
                                Access.ANYONE,
                                "Request a mail with a password reset link",
                                request -> MailRequest.ask(commands, ids, request, RequestMail.MailKind.PASSWORD))
                        .body(MailRequest.SHAPE)
                        .limited(MailRequest.limit("password-forgot"))
                        .limited(MailRequest.limitOfPlace("password-forgot-address"))
                        .response(MailRequest.ANSWER),
                Route.of(
                                "POST",
                                "/api/auth/password/reset",
                                Access.ANYONE,
                                "Reset the password with the mailed link",
                                this::reset)
                        .body(PasswordResetForm.SHAPE)
                        .limited(RESETS)
                        .response(ResponseDescription.empty(204)
                                .meaning(
                                        "The password is set. All sessions have ended, and all other links are void.")),
                Route.of("PUT", "/api/me/password", Access.SIGNED_IN, "Change one's own password", this::change)
                        .body(PasswordChangeForm.SHAPE)
                        .limited(PasswordConfirmation.limit())
                        .response(ResponseDescription.empty(204)
                                .meaning("The password is changed. All other sessions have ended.")
                                .positioned()));
    }

    private Future<Response> reset(Request request) {
        var form = request.body(PasswordResetForm.class);
        var token = new SecretText(form.token());
        return commands.query(new FindPasswordReset(token))
                .compose(found -> {
                    check(form, found);
                    return passwords.hash(form.password(), request.address());
                })
                .compose(hash -> commands.send(new ResetPassword(token, new SecretText(hash)), request.cause()))
                .map(done -> Response.noContent());
    }

    private static void check(PasswordResetForm form, FindPasswordReset.FoundPasswordReset found) {
        var faults = new ArrayList<FieldError>();
        if (!found.known()) {
            faults.addAll(LinkToken.useless().faults());
        }
        PasswordRules.check(form.password(), found.owner(), faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    private Future<Response> change(Request request) {
        var form = request.body(PasswordChangeForm.class);
        return owner.of(request)
                .compose(credentials -> {
                    PasswordRules.check(form.password(), credentials.owner());
                    return owner.prove(request, credentials, form.oldPassword(), "#/oldPassword");
                })
                .compose(seen -> passwords
                        .hash(form.password(), request.address())
                        .map(hash -> changing(request, seen, new SecretText(hash))))
                .compose(command -> commands.send(command, request.cause()))
                .map(done -> Response.noContent().at(done.position()));
    }

    private static ChangePassword changing(Request request, SecretText seenHash, SecretText newHash) {
        var caller = request.principal();
        return new ChangePassword(caller.account(), caller.session(), seenHash, newHash);
    }
}
