package dev.skelly.features.accounts.session;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.FindSessionHolder;
import dev.skelly.auth.RightsTable;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.features.accounts.Account;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.AccountTable;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.login.ClientDevice;
import dev.skelly.features.accounts.login.DeviceTable;
import dev.skelly.features.accounts.login.LogIn;
import dev.skelly.features.accounts.login.LoginDevice;
import dev.skelly.features.accounts.login.LoginResult;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Handles the commands and queries of sessions. */
public final class SessionCommandHandlers {

    private final Supplier<TokenIssuer> tokens;
    private final AuditCommandHandlers acts;
    private final AuthConfig config;
    private final Clock clock;
    private final SecureRandom random;
    private final int deviceMails;

    /**
     * Creates the handlers.
     *
     * @param deviceMails new devices of an account in a day of which its person is told
     */
    public SessionCommandHandlers(
            Supplier<TokenIssuer> tokens,
            AuditCommandHandlers acts,
            AuthConfig config,
            Clock clock,
            SecureRandom random,
            int deviceMails) {
        this.tokens = tokens;
        this.acts = acts;
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.deviceMails = deviceMails;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("accounts.log-in", LogIn.class, LoginResult.class, this::signIn),
                CommandHandler.on(
                        "accounts.refresh-session",
                        RefreshSession.class,
                        RefreshSession.RefreshedSession.class,
                        this::refresh),
                CommandHandler.on("accounts.end-session", EndSession.class, EndSession.EndedSession.class, this::end),
                CommandHandler.on(
                        "accounts.end-sessions",
                        EndSessions.class,
                        Void.class,
                        (tx, command) -> SessionTermination.all(tx, command.account(), null, clock.instant())),
                CommandHandler.on("accounts.log-out", LogOut.class, Void.class, this::signOut));
    }

    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on("accounts.list-sessions", ListSessions.class, SessionView.Items.class, this::sessions),
                QueryHandler.on(
                        "accounts.find-session-holder",
                        FindSessionHolder.class,
                        FindSessionHolder.SessionHolder.class,
                        (sql, query) -> SessionTable.holder(sql, query, clock.instant())
                                .map(FindSessionHolder.SessionHolder::new)));
    }

    public static Problem wrongCredentials() {
        return Problem.unauthenticated("wrong-credentials", "the address or the password is wrong");
    }

    private Future<LoginResult> signIn(Tx tx, LogIn command) {
        return RightsTable.version(tx.sql(), command.account())
                .compose(version -> AccountTable.lock(tx.sql(), command.account())
                        .map(found -> found.filter(account -> account.admits(command.seenHash()))
                                .orElseThrow(SessionCommandHandlers::wrongCredentials))
                        .compose(account -> start(tx, account, version, command)));
    }

    private Future<LoginResult> start(Tx tx, Account account, int rightsVersion, LogIn command) {
        var now = clock.instant();
        var token = RefreshToken.first(command.session(), random);
        var session = Session.start(token, account.id(), RefreshToken.successionKey(random), now, config);
        return rehash(tx, command)
                .compose(done ->
                        SessionTable.insert(tx.sql(), session, token.cookie().hash(), command.client()))
                .compose(done -> clear(tx, account.id(), now))
                .compose(done -> acts.doneByOwner(tx, account.id(), "user.signed-in"))
                .compose(done -> tx.append(new AccountEvent.LoggedIn(account.id(), session.id())))
                .compose(done -> recognise(tx, account, session, command))
                .compose(done -> answer(account, rightsVersion, session, token, now));
    }

    /* An address that is not verified may be another person's, who is not told of the devices of a stranger. */
    private Future<Void> recognise(Tx tx, Account account, Session session, LogIn command) {
        var client = command.client().digest(account.id());
        var toldMax = account.verifiedAt() == null ? 0 : deviceMails;
        return DeviceTable.loggedIn(
                        tx.sql(), new LoginDevice(account.id(), command.device(), client), toldMax, session.createdAt())
                .compose(fresh -> fresh
                        ? tx.append(new AccountEvent.DeviceAdded(account.id(), session.id()))
                        : Future.succeededFuture());
    }

    private static Future<Void> rehash(Tx tx, LogIn command) {
        var newHash = command.newHash();
        return newHash == null
                ? Future.succeededFuture()
                : AccountTable.rehash(tx.sql(), command.account(), command.seenHash(), newHash);
    }

    private static Future<Void> clear(Tx tx, UUID account, Instant now) {
        return SessionTable.clear(tx.sql(), account, now).compose(ended -> SessionTermination.tell(tx, account, ended));
    }

    private Future<LoginResult> answer(
            Account account, int rightsVersion, Session session, RefreshToken token, Instant now) {
        var signer = tokens.get();
        return signer.sign(account.id(), session.id(), account.roles(), rightsVersion)
                .map(access -> new LoginResult(
                        new SecretText(access),
                        signer.life().toSeconds(),
                        token.text(),
                        Duration.between(now, session.expiresAt()).toSeconds(),
                        new SecretText(token.cookie().text()),
                        account.view()));
    }

    private Future<RefreshSession.RefreshedSession> refresh(Tx tx, RefreshSession command) {
        return lock(tx, command.token())
                .compose(found -> found.map(held -> use(tx, held, command.client()))
                        .orElseGet(() -> Future.succeededFuture(RefreshSession.RefreshedSession.REFUSED)));
    }

    /** A token and its session, whose row is locked. */
    private record HeldSession(RefreshToken token, Session session) {}

    private static Future<Optional<HeldSession>> lock(Tx tx, SecretText text) {
        return RefreshToken.parse(text.reveal())
                .map(token -> SessionTable.lock(tx.sql(), token.session())
                        .map(found -> found.map(session -> new HeldSession(token, session))))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<RefreshSession.RefreshedSession> use(Tx tx, HeldSession held, ClientDevice sender) {
        var now = clock.instant();
        var session = held.session();
        var client = sender.digest(session.account());
        return switch (session.judge(held.token(), client, now, config.refreshGrace())) {
            case REFUSED -> Future.succeededFuture(RefreshSession.RefreshedSession.REFUSED);
            case REUSE -> revoke(tx, session, now).map(done -> RefreshSession.RefreshedSession.REFUSED);
            case REPEAT ->
                acts.repeated(tx, session.account(), "user.refresh-repeated")
                        .compose(done -> goOn(tx, session, successor(held), now));
            case TURN -> {
                var turned = session.turned(successor(held), client, now, config);
                var cookie = held.token().cookie().hash();
                yield SessionTable.turn(tx.sql(), turned, session.usedAt(), cookie)
                        .compose(done -> goOn(tx, turned, successor(held), now));
            }
        };
    }

    private static RefreshToken successor(HeldSession held) {
        return held.token().successor(held.session().successionKey());
    }

    private static Future<Void> revoke(Tx tx, Session session, Instant now) {
        return SessionTable.revoke(tx.sql(), session.id(), now)
                .compose(done -> RightsTable.endSession(tx, session.account(), session.id()))
                .compose(done -> tx.append(new AccountEvent.SessionRevoked(session.account(), session.id())));
    }

    private Future<RefreshSession.RefreshedSession> goOn(Tx tx, Session session, RefreshToken successor, Instant now) {
        return RightsTable.version(tx.sql(), session.account())
                .compose(version -> AccountTable.find(tx.sql(), session.account())
                        .map(found -> found.filter(account -> !account.disabled()))
                        .compose(found -> found.map(account -> answer(account, version, session, successor, now)
                                        .map(RefreshSession.RefreshedSession::new))
                                .orElseGet(() -> Future.succeededFuture(RefreshSession.RefreshedSession.REFUSED))));
    }

    private Future<EndSession.EndedSession> end(Tx tx, EndSession command) {
        return SessionTable.lock(tx.sql(), command.session())
                .map(found -> found.filter(session -> session.account().equals(command.account())))
                .compose(found -> found.map(session -> end(tx, session).map(done -> new EndSession.EndedSession(true)))
                        .orElseGet(() -> Future.succeededFuture(new EndSession.EndedSession(false))));
    }

    private Future<Void> signOut(Tx tx, LogOut command) {
        return lock(tx, command.token())
                .compose(found -> found.filter(held -> held.session().family(held.token()))
                        .map(held -> end(tx, held.session()))
                        .orElseGet(Future::succeededFuture));
    }

    private Future<Void> end(Tx tx, Session session) {
        if (session.revoked()) {
            return Future.succeededFuture();
        }
        return SessionTable.revoke(tx.sql(), session.id(), clock.instant())
                .compose(done -> RightsTable.endSession(tx, session.account(), session.id()))
                .compose(done -> tx.append(new AccountEvent.LoggedOut(session.account(), session.id())));
    }

    private Future<SessionView.Items> sessions(SqlClient sql, ListSessions query) {
        return SessionTable.live(sql, query.account(), clock.instant()).map(SessionView.Items::new);
    }
}
