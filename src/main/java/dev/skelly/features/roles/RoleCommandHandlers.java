package dev.skelly.features.roles;

import dev.skelly.auth.RightsTable;
import dev.skelly.auth.RoleTable;
import dev.skelly.auth.RoleView;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handles the commands and queries of roles. Each change emits an event, is recorded in the audit log, and reaches every node within a second. */
final class RoleCommandHandlers {

    private final AuditLog audit;
    private final RoleHolders holders;

    RoleCommandHandlers(AuditLog audit, RoleHolders holders) {
        this.audit = audit;
        this.holders = holders;
    }

    List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("roles.put-role", PutRole.class, RoleView.class, this::put),
                CommandHandler.on("roles.delete-role", DeleteRole.class, Void.class, this::delete));
    }

    List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "roles.list-roles",
                ListRoles.class,
                ListRoles.RoleList.class,
                (sql, query) -> RoleTable.views(sql).map(RoleCommandHandlers::all)));
    }

    private static ListRoles.RoleList all(List<RoleView> stored) {
        var roles = new ArrayList<RoleView>();
        roles.add(RoleView.ADMIN);
        roles.addAll(stored);
        return new ListRoles.RoleList(roles);
    }

    private Future<RoleView> put(Tx tx, PutRole command) {
        return RoleTable.lock(tx.sql(), command.name())
                .compose(found -> found.map(role -> change(tx, role, command)).orElseGet(() -> make(tx, command)));
    }

    private Future<RoleView> change(Tx tx, RoleView role, PutRole command) {
        if (!command.tagged()) {
            throw EntityTag.missing();
        }
        check(role, command.expectedVersion());
        if (role.grants().equals(command.grants())) {
            return Future.succeededFuture(role);
        }
        return RoleTable.update(tx.sql(), role.name(), command.grants())
                .map(Optional::orElseThrow)
                .compose(changed -> tell(tx, role.grants(), changed));
    }

    private Future<RoleView> make(Tx tx, PutRole command) {
        if (command.expectedVersion() != null && command.expectedVersion() != EntityTag.ABSENT) {
            throw EntityTag.stale();
        }
        return RoleTable.insert(tx.sql(), command.name(), command.grants())
                .map(made -> made.orElseThrow(EntityTag::stale))
                .compose(made -> tell(tx, List.of(), made));
    }

    private Future<RoleView> tell(Tx tx, List<String> before, RoleView role) {
        return noted(tx, "role.changed", role.name(), before, role.grants())
                .compose(done -> tx.append(new RoleEvent.RoleChanged(role.name(), before, role.grants())))
                .map(role);
    }

    private Future<Void> noted(Tx tx, String act, String role, List<String> before, List<String> after) {
        return audit.note(
                        tx,
                        AuditEntry.on("role:" + role, act).changing(Map.of("grants", before), Map.of("grants", after)))
                .compose(done -> RightsTable.roleChanged(tx, role));
    }

    private static void check(RoleView role, @Nullable Long expectedVersion) {
        if (expectedVersion != null && expectedVersion != role.version()) {
            throw EntityTag.stale();
        }
    }

    /* Locks the row before the holders are checked: a concurrent grant of the role waits, and then finds it deleted. */
    private Future<Void> delete(Tx tx, DeleteRole command) {
        return RoleTable.lock(tx.sql(), command.name())
                .map(found -> found.orElseThrow(RoleRoutes::noSuchRole))
                .compose(role -> {
                    check(role, command.expectedVersion());
                    return RoleTable.delete(tx.sql(), role.name())
                            .compose(done -> holders.any(tx.sql(), role.name()))
                            .compose(held -> held ? Future.failedFuture(inUse()) : deleted(tx, role));
                });
    }

    private Future<Void> deleted(Tx tx, RoleView role) {
        return noted(tx, "role.deleted", role.name(), role.grants(), List.of())
                .compose(done -> tx.append(new RoleEvent.RoleDeleted(role.name(), role.grants())));
    }

    private static Problem inUse() {
        return Problem.conflict("role-in-use", "accounts have this role; remove it from them first");
    }
}
