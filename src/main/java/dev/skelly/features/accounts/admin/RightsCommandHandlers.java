package dev.skelly.features.accounts.admin;

import dev.skelly.auth.RightsTable;
import dev.skelly.auth.RoleTable;
import dev.skelly.event.Audience;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.Account;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.AccountTable;
import dev.skelly.features.accounts.UserView;
import dev.skelly.features.accounts.session.SessionTermination;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Changes roles, and disables or enables accounts. One administrator who can log in always remains. */
public final class RightsCommandHandlers {

    private final AuditLog audit;
    private final Clock clock;

    public RightsCommandHandlers(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(CommandHandler.on("accounts.change-rights", ChangeRights.class, UserView.class, this::change));
    }

    private Future<UserView> change(Tx tx, ChangeRights command) {
        var administrators = command.mayTakeAdministrator()
                ? Administrators.lock(tx.sql())
                : Future.succeededFuture(Administrators.UNASKED);
        return administrators.compose(locked -> AccountTable.lock(tx.sql(), command.account())
                .map(found -> found.orElseThrow(() -> Problem.notFound("no such account")))
                .compose(account -> change(tx, account, command, locked)));
    }

    private Future<UserView> change(Tx tx, Account account, ChangeRights command, Administrators administrators) {
        if (command.expectedVersion() != null && command.expectedVersion() != account.version()) {
            throw EntityTag.stale();
        }
        var roles = roles(account, command);
        var disabled = command.disabled() == null ? account.disabled() : command.disabled();
        if (roles.equals(account.roles()) && disabled == account.disabled()) {
            return Future.succeededFuture(account.view());
        }
        if (disabled || !roles.contains(Audience.ADMIN)) {
            var unused = administrators.requireOthersThan(account);
        }
        return known(tx, roles)
                .compose(known -> AccountTable.changeRights(tx.sql(), account.id(), roles, disabled))
                .compose(after -> told(tx, account, roles, disabled).map(done -> after.view()));
    }

    private Future<Void> told(Tx tx, Account before, Set<String> roles, boolean disabled) {
        var toldRoles = roles.equals(before.roles()) ? Future.<Void>succeededFuture() : tellRoles(tx, before, roles);
        return toldRoles.compose(
                done -> disabled == before.disabled() ? Future.succeededFuture() : tellDisabled(tx, before, disabled));
    }

    private static Set<String> roles(Account account, ChangeRights command) {
        if (command.roles() == null) {
            return account.roles();
        }
        var roles = new TreeSet<>(command.roles());
        roles.add(Account.USER);
        return Set.copyOf(roles);
    }

    private static Future<Void> known(Tx tx, Set<String> roles) {
        return RoleTable.unknown(tx.sql(), roles)
                .compose(unknown -> unknown.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Problem.invalid("#/roles", "unknown", "must be existing roles")));
    }

    /** Announces changed roles: from the commit on, tokens with the old roles are void, and an event reports the change. */
    public Future<Void> tellRoles(Tx tx, Account before, Set<String> after) {
        return RightsTable.voidTokens(tx, before.id()).compose(done -> tell(tx, before.id(), before.roles(), after));
    }

    /** Announces that a new account has more than the default roles. */
    public Future<Void> tellFirstRoles(Tx tx, UUID account, Set<String> roles) {
        return tell(tx, account, Set.of(Account.USER), roles);
    }

    private Future<Void> tell(Tx tx, UUID account, Set<String> before, Set<String> after) {
        var was = before.stream().sorted().toList();
        var is = after.stream().sorted().toList();
        var act = AuditEntry.on(Audience.user(account), "user.roles-changed");
        return audit.note(tx, act.changing(Map.of("roles", was), Map.of("roles", is)))
                .compose(done -> tx.append(new AccountEvent.RolesChanged(account, was, is)));
    }

    /* An account that is enabled again needs a new login. */
    private Future<Void> tellDisabled(Tx tx, Account account, boolean disabled) {
        var act = AuditEntry.on(Audience.user(account.id()), disabled ? "user.disabled" : "user.enabled")
                .changing(Map.of("disabled", !disabled), Map.of("disabled", disabled));
        return RightsTable.voidTokens(tx, account.id())
                .compose(done -> audit.note(tx, act))
                .compose(done -> tx.append(
                        disabled ? new AccountEvent.Disabled(account.id()) : new AccountEvent.Enabled(account.id())))
                .compose(done -> disabled
                        ? SessionTermination.all(tx, account.id(), null, clock.instant())
                        : Future.succeededFuture());
    }
}
