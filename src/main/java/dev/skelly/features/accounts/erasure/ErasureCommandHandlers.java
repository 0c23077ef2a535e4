package dev.skelly.features.accounts.erasure;

import dev.skelly.auth.RightsTable;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.PersonalData;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryHandler;
import dev.skelly.features.accounts.Account;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.AccountTable;
import dev.skelly.features.accounts.admin.Administrators;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.session.SessionTermination;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Handles export and erasure of a person's data in all features (decision note 0082). */
public final class ErasureCommandHandlers {

    private final Supplier<List<InstalledFeature>> features;
    private final AuditCommandHandlers acts;
    private final Clock clock;

    /**
     * Creates the handlers over all features of the program.
     *
     * @param features called for each command, because this feature is one of them
     */
    public ErasureCommandHandlers(Supplier<List<InstalledFeature>> features, AuditCommandHandlers acts, Clock clock) {
        this.features = features;
        this.acts = acts;
        this.clock = clock;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("accounts.erase-account", EraseAccount.class, Void.class, this::erase),
                CommandHandler.on(
                        "accounts.erase-unverified", EraseUnverified.class, Void.class, this::eraseUnverified));
    }

    public List<QueryHandler<?, ?>> queries() {
        return List.of(
                QueryHandler.on(
                        "accounts.export-account",
                        ExportAccount.class,
                        ExportAccount.AccountExport.class,
                        this::export),
                QueryHandler.on(
                        "accounts.find-erasable",
                        FindErasable.class,
                        FindErasable.ErasableAccounts.class,
                        (sql, query) ->
                                AccountTable.existing(sql, query.accounts()).map(FindErasable.ErasableAccounts::new)),
                QueryHandler.on(
                        "accounts.find-unverified",
                        FindUnverified.class,
                        FindUnverified.UnverifiedPage.class,
                        (sql, query) -> AccountTable.unverified(
                                        sql, query.createdBefore(), query.after(), FindUnverified.PAGE)
                                .map(FindUnverified.UnverifiedPage::new)));
    }

    /* Locks the row first: a concurrent login, link or change sees the account either unchanged or missing. */
    private Future<Void> erase(Tx tx, EraseAccount command) {
        return Administrators.lockIfOne(tx.sql(), command.account())
                .compose(administrators -> AccountTable.lockWhole(tx.sql(), command.account())
                        .compose(found -> expected(found, command.expectedVersion()))
                        .map(administrators::requireOthersThan))
                .compose(account -> erase(tx, account.id()));
    }

    private Future<Void> erase(Tx tx, UUID account) {
        return acts.done(tx, account, "user.deleted")
                .compose(done -> SessionTermination.all(tx, account, null, clock.instant()))
                .compose(done -> RightsTable.voidTokens(tx, account))
                .compose(done -> tx.append(new AccountEvent.Deleted(account)))
                .compose(done -> eraseEverywhere(tx, account));
    }

    /* Checks under the row's lock, which a verification takes too: the first of the two decides. */
    private Future<Void> eraseUnverified(Tx tx, EraseUnverified command) {
        return AccountTable.lockUnverified(tx.sql(), command.account(), command.createdBefore())
                .compose(locked -> locked ? erase(tx, command.account()) : Future.succeededFuture());
    }

    private static Future<Account> expected(Optional<Account> found, @Nullable Long version) {
        if (found.isEmpty()) {
            return Future.failedFuture(Problem.notFound("no such account"));
        }
        var account = found.get();
        return version == null || version == account.version()
                ? Future.succeededFuture(account)
                : Future.failedFuture(EntityTag.stale());
    }

    private Future<Void> eraseEverywhere(Tx tx, UUID account) {
        Future<Void> erased = Future.succeededFuture();
        for (var feature : features.get()) {
            erased = erased.compose(done ->
                    feature.personalData().map(kept -> kept.erase(tx, account)).orElseGet(Future::succeededFuture));
        }
        return erased;
    }

    private Future<ExportAccount.AccountExport> export(SqlClient sql, ExportAccount query) {
        return AccountTable.find(sql, query.account())
                .map(found -> found.orElseThrow(() -> Problem.notFound("no such account")))
                .compose(account -> export(sql, account, new LinkedHashMap<>()));
    }

    private Future<ExportAccount.AccountExport> export(SqlClient sql, Account account, Map<String, Object> all) {
        Future<Void> exported = Future.succeededFuture();
        for (var feature : features.get()) {
            exported = exported.compose(done -> feature.personalData()
                    .map(kept -> export(sql, account, feature.name(), kept, all))
                    .orElseGet(Future::succeededFuture));
        }
        return exported.map(done -> new ExportAccount.AccountExport(all));
    }

    private static Future<Void> export(
            SqlClient sql, Account account, String name, PersonalData kept, Map<String, Object> all) {
        return kept.export(sql, account.id())
                .onSuccess(what -> {
                    if (!what.isEmpty()) {
                        all.put(name, what);
                    }
                })
                .mapEmpty();
    }
}
