package dev.skelly.feature.accounts;

import dev.skelly.feature.Access;
import dev.skelly.feature.Answer;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Done;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Reply;
import dev.skelly.feature.Request;
import dev.skelly.feature.Route;
import dev.skelly.security.AuthConfig;
import dev.skelly.security.Passwords;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How an account comes to be: asking for one, and proving the address. */
final class RegistrationRoutes {

    static final Answer CREATED = Answer.of(201, Registered.class).with("Location", "Where the account is.");

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
                        .creating()
                        .answering(
                                CREATED,
                                Answer.of(202, Asked.class)
                                        .meaning("Where nobody is told whether an address has an account."))
                        .refusing(
                                Problem.Kind.FORBIDDEN, "registration-closed", "only the operator makes accounts here")
                        .refusing(Problem.Kind.CONFLICT, "email-taken", "the address has an account"),
                Route.of("POST", "/api/auth/verify-email", Access.ANYONE, "Prove an e-mail address", this::verify)
                        .taking(LinkToken.SHAPE)
                        .answering(Answer.empty(204).positioned()),
                Route.of(
                                "POST",
                                "/api/auth/verify-email/resend",
                                Access.ANYONE,
                                "Get another mail that proves an address",
                                request -> LetterWish.ask(commands, ids, request, AskForLetter.Kind.VERIFICATION))
                        .taking(LetterWish.SHAPE)
                        .limited(LetterWish.limit("verify-resend"))
                        .limited(LetterWish.limitOfPlace("verify-resend-address"))
                        .answering(LetterWish.ANSWER));
    }

    /** Answer to a registration. */
    private record Registered(UUID id, @Nullable String position) {}

    private Future<Reply> register(Request request) {
        var registration = request.body(Registration.class);
        if (config.registration() == AuthConfig.Registration.CLOSED) {
            throw Problem.of(Problem.Kind.FORBIDDEN, "registration-closed", "only the operator makes accounts here");
        }
        var id = request.newId();
        return passwords
                .hash(registration.password())
                .map(hash -> new Register(id, registration.email(), new Secret(hash), registration.name()))
                .compose(command -> commands.send(command, request.cause()))
                .map(done -> config.registration() == AuthConfig.Registration.PRIVATE ? asked() : created(id, done));
    }

    /** Answer to a registration that tells nothing, not even by a position whether something was written. */
    private record Asked(String next) {}

    private static Reply asked() {
        return Reply.accepted(new Asked("a mail to this address says how to go on"));
    }

    static Reply created(UUID id, Done<Void> done) {
        return Reply.created("/api/users/" + id, new Registered(id, done.position()));
    }

    private Future<Reply> verify(Request request) {
        var token = request.body(LinkToken.class).secret();
        return commands.send(new VerifyEmail(token), request.cause())
                .map(done -> Reply.noContent().at(done.position()));
    }
}
