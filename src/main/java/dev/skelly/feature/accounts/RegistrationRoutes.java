package dev.skelly.feature.accounts;

import dev.skelly.feature.Access;
import dev.skelly.feature.Answer;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Done;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Reply;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.feature.Shape;
import dev.skelly.security.AuthConfig;
import dev.skelly.security.Passwords;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How an account comes to be: asking for one, and proving the address. */
final class RegistrationRoutes {

    private static final int TOKEN_CHARS_MAX = 100;
    private static final Shape TOKEN = Shape.of(Shape.text("token", 1, TOKEN_CHARS_MAX));

    private final Commands commands;
    private final Passwords passwords;
    private final AuthConfig config;
    private final Supplier<UUID> ids;

    RegistrationRoutes(Commands commands, Passwords passwords, AuthConfig config, Supplier<UUID> ids) {
        this.commands = commands;
        this.passwords = passwords;
        this.config = config;
        this.ids = ids;
    }

    List<Route> all() {
        return List.of(
                Route.of("POST", "/api/auth/register", Access.ANYONE, "Register", this::register)
                        .taking(Registration.SHAPE)
                        .answering(Answer.of(201, Registered.class).with("Location", "Where the account is."))
                        .refusing(
                                Problem.Kind.FORBIDDEN, "registration-closed", "only the operator makes accounts here")
                        .refusing(Problem.Kind.CONFLICT, "email-taken", "the address has an account"),
                Route.of("POST", "/api/auth/verify-email", Access.ANYONE, "Prove an e-mail address", this::verify)
                        .taking(TOKEN)
                        .answering(Answer.empty(204).positioned()));
    }

    /** Answer to a registration. */
    private record Registered(UUID id, @Nullable String position) {}

    private Future<Reply> register(Request request) {
        var registration = request.body(Registration.class);
        if (config.registration() == AuthConfig.Registration.CLOSED) {
            throw Problem.of(Problem.Kind.FORBIDDEN, "registration-closed", "only the operator makes accounts here");
        }
        var id = ids.get();
        return passwords
                .hash(registration.password())
                .map(hash -> new Register(id, registration.email(), new Secret(hash), registration.name()))
                .compose(command -> commands.send(command, request.cause()))
                .map(done -> created(id, done));
    }

    private static Reply created(UUID id, Done<Void> done) {
        return Reply.created("/api/users/" + id, new Registered(id, done.position()));
    }

    /** What a page sends that was opened by the link in a mail. */
    private record Proof(String token) {}

    private Future<Reply> verify(Request request) {
        var token = new Secret(request.body(Proof.class).token());
        return commands.send(new VerifyEmail(token), request.cause())
                .map(done -> Reply.noContent().at(done.position()));
    }
}
