package dev.skelly.features.accounts.session;

import dev.skelly.auth.RightsTable;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.event.Audience;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.Account;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.AccountTable;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.ClientDevice;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Handles access tokens that the operator issues for scripts. None lives longer than other access tokens, because void tokens are remembered
 * only for that time (decision note 0221).
 */
public final class AccessTokenCommandHandlers {

    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Supplier<TokenIssuer> tokens;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random;

    public AccessTokenCommandHandlers(Supplier<TokenIssuer> tokens, AuditLog audit, Clock clock, SecureRandom random) {
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("accounts.issue-token", IssueToken.class, IssueToken.IssuedToken.class, this::issue));
    }

    private Future<IssueToken.IssuedToken> issue(Tx tx, IssueToken command) {
        var life = life(command);
        return RightsTable.version(tx.sql(), command.account())
                .compose(version -> AccountTable.lock(tx.sql(), command.account())
                        .map(found -> found.orElseThrow(() -> Problem.notFound("no such account")))
                        .compose(AccessTokenCommandHandlers::letIn)
                        .compose(account -> issue(tx, command, account, version, life)));
    }

    private Duration life(IssueToken command) {
        var most = tokens.get().life();
        var life = command.life() == null ? most : command.life();
        if (life.compareTo(LEAST) < 0 || life.compareTo(most) > 0) {
            throw Problem.invalid(
                    "#/life", "range", "must be from 1 s to security.token-life, " + most.toSeconds() + " s");
        }
        return life;
    }

    private static Future<Account> letIn(Account account) {
        return account.disabled()
                ? Future.failedFuture(Problem.conflict("disabled", "the account is disabled"))
                : Future.succeededFuture(account);
    }

    private Future<IssueToken.IssuedToken> issue(
            Tx tx, IssueToken command, Account account, int rightsVersion, Duration life) {
        var now = clock.instant();
        var end = now.plus(life);
        var token = RefreshToken.first(command.session(), random);
        var session = Session.unrefreshed(token, account.id(), random, now, end);
        return SessionTable.insert(tx.sql(), session, token.cookie().hash(), ClientDevice.OPERATOR)
                .compose(done -> audit.note(
                        tx,
                        AuditEntry.on(Audience.user(account.id()), "user.token-created")
                                .changing(Map.of(), Map.of("session", session.id(), "expiresAt", end.toString()))))
                .compose(done -> tx.append(new AccountEvent.LoggedIn(account.id(), session.id())))
                .compose(done -> tokens.get().sign(account.id(), session.id(), account.roles(), rightsVersion, life))
                .map(text -> new IssueToken.IssuedToken(new SecretText(text), end));
    }
}
