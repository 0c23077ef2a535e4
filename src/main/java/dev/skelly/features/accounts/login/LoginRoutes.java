package dev.skelly.features.accounts.login;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.Access;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.admin.RecordAuditEntry;
import dev.skelly.features.accounts.session.SessionCommandHandlers;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The route of the login with a password. */
public final class LoginRoutes {

    private final CommandBus commands;
    private final PasswordHasher passwords;
    private final LoginGuard guard;
    private final RateLimit attempts;
    private final SecureRandom random;
    private final Supplier<UUID> ids;

    /**
     * Creates the route.
     *
     * @param attempts limits logins of a network, whether the password is right or wrong
     */
    public LoginRoutes(
            CommandBus commands,
            PasswordHasher passwords,
            LoginGuard guard,
            RateLimit attempts,
            SecureRandom random,
            Supplier<UUID> ids) {
        this.commands = commands;
        this.passwords = passwords;
        this.guard = guard;
        this.attempts = attempts;
        this.random = random;
        this.ids = ids;
    }

    public List<Route> all() {
        return List.of(
                Route.of("POST", "/api/auth/login", Access.ANYONE, "Log in with a password", this::login)
                        .body(LoginForm.SHAPE)
                        .limited(attempts)
                        .response(
                                ResponseDescription.of(200, LoginResponse.class)
                                        .cookies(
                                                "`refresh`, `session` and `device`, HttpOnly and SameSite=Strict; none with `\"session\":\"token\"`."))
                        .problem(
                                Problem.Kind.UNAUTHENTICATED,
                                "wrong-credentials",
                                "the address or the password is wrong")
                        .problem(
                                Problem.Kind.TOO_MANY,
                                "too-many-requests",
                                "too many logins or wrong passwords from this network; attempts from other networks do not count"));
    }

    private Future<Response> login(Request request) {
        var credentials = request.body(LoginForm.class);
        var device = DeviceCookie.of(request);
        return commands.query(new FindCredential(credentials.email(), device.orElse(null)))
                .compose(credential -> login(request, credentials, device, credential));
    }

    private Future<Response> login(
            Request request, LoginForm credentials, Optional<SecretText> device, FindCredential.Credential credential) {
        var attempt =
                guard.begin(credentials.key(), request.address(), device.filter(secret -> credential.knownDevice()));
        return check(credentials.password(), credential, request.address())
                .recover(failure -> noteFailure(request, credential, failure))
                .onComplete(checked -> {
                    if (!wrong(checked.cause())) {
                        attempt.right();
                    }
                })
                .compose(admitted -> rehash(credentials.password(), admitted, request.address()))
                .compose(admitted -> signIn(request, credentials, device, admitted));
    }

    /* A program without cookies is recognised by its network and User-Agent alone, so that each login does not look like another device. */
    private Future<Response> signIn(
            Request request, LoginForm credentials, Optional<SecretText> device, Admitted admitted) {
        var client = ClientDevice.of(request);
        if (credentials.withoutCookies()) {
            var secret = device.orElseGet(() -> new SecretText("client "
                    + HexFormat.of().formatHex(client.digest(admitted.account()).getBytes())));
            return commands.send(signIn(admitted, client, secret), request.cause())
                    .map(done -> LoginResponse.withoutCookies(done.result(), done.position()));
        }
        var browser = device.orElseGet(() -> SecretText.random(random));
        return commands.send(signIn(admitted, client, browser), request.cause())
                .map(done -> LoginResponse.of(done.result(), done.position()).cookie(DeviceCookie.carrying(browser)));
    }

    /* Runs also for an address without an account: it takes the same time, and attempts on many addresses are recorded. */
    private Future<Admitted> noteFailure(Request request, FindCredential.Credential credential, Throwable failure) {
        return wrong(failure)
                ? commands.send(
                                new RecordAuditEntry(
                                        RecordAuditEntry.AuditEntryKind.SIGN_IN_FAILED, credential.account()),
                                request.cause())
                        .transform(noted -> Future.failedFuture(failure))
                : Future.failedFuture(failure);
    }

    /* Counts no attempt whose password was not compared, as on an overloaded node. */
    private static boolean wrong(@Nullable Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED;
    }

    /** A verified login; the new hash is null when the stored one has the current parameters. */
    private record Admitted(
            UUID account, SecretText seenHash, @Nullable SecretText newHash) {}

    /* Takes the same time for an address without an account. */
    private Future<Admitted> check(String password, FindCredential.Credential credential, String address) {
        var account = credential.account();
        var hash = credential.passwordHash();
        var matched = account == null || hash == null
                ? passwords.verifyAgainstNothing(password, address)
                : passwords.verify(password, hash.reveal(), address);
        return matched.compose(right -> right && account != null && hash != null
                ? Future.succeededFuture(new Admitted(account, hash, null))
                : Future.failedFuture(SessionCommandHandlers.wrongCredentials()));
    }

    private Future<Admitted> rehash(String password, Admitted admitted, String address) {
        if (!passwords.needsRehash(admitted.seenHash().reveal())) {
            return Future.succeededFuture(admitted);
        }
        return passwords
                .hashAgain(password, address)
                .map(hash -> new Admitted(admitted.account(), admitted.seenHash(), new SecretText(hash)));
    }

    private LogIn signIn(Admitted admitted, ClientDevice client, SecretText browser) {
        return new LogIn(ids.get(), admitted.account(), admitted.seenHash(), admitted.newHash(), client, browser);
    }
}
