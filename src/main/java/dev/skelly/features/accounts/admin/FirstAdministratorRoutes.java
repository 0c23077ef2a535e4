package dev.skelly.features.accounts.admin;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.registration.RegistrationRoutes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The route that creates the first administrator with the link that a node printed. */
public final class FirstAdministratorRoutes {

    private static final RateLimit TRIES = RateLimit.perNetwork("first-administrator", 20, Duration.ofMinutes(15));

    private final CommandBus commands;
    private final PasswordHasher passwords;

    public FirstAdministratorRoutes(CommandBus commands, PasswordHasher passwords) {
        this.commands = commands;
        this.passwords = passwords;
    }

    public List<Route> all() {
        return List.of(Route.of(
                        "POST",
                        "/api/auth/first-administrator",
                        Access.ANYONE,
                        "Create the first administrator with the link that a node printed",
                        this::make)
                .body(FirstAdministratorForm.SHAPE)
                .limited(TRIES)
                .idempotent()
                .response(RegistrationRoutes.CREATED)
                .problem(Problem.Kind.CONFLICT, "administrator-exists", "an administrator exists already")
                .problem(Problem.Kind.CONFLICT, "link-replaced", "a node that started later printed another link")
                .problem(Problem.Kind.CONFLICT, "link-expired", "the link has expired")
                .problem(Problem.Kind.CONFLICT, "email-taken", "an account with this address exists"));
    }

    /* No password is hashed without a usable link. */
    private Future<Response> make(Request request) {
        var form = request.body(FirstAdministratorForm.class);
        var token = new SecretText(form.token());
        var id = request.newId();
        return commands.query(new FindSetupLink(token))
                .compose(usable -> passwords.hash(form.password(), request.address()))
                .map(hash -> new MakeFirstAdministrator(id, token, form.email(), new SecretText(hash), form.name()))
                .compose(command -> commands.send(command, request.cause()))
                .map(done -> RegistrationRoutes.created(id, done));
    }
}
