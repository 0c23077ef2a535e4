package dev.skelly.features.accounts.preferences;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.QueryHandler;
import dev.skelly.features.accounts.AccountEvent;
import io.vertx.core.Future;
import java.util.List;

/** Handles the commands and queries of preferences. */
public final class PreferencesCommandHandlers {

    private PreferencesCommandHandlers() {}

    public static List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on(
                        "accounts.put-preferences",
                        PutPreferences.class,
                        PutPreferences.StoredPreferences.class,
                        PreferencesCommandHandlers::put),
                CommandHandler.on(
                        "accounts.initialise-preferences",
                        InitialisePreferences.class,
                        Void.class,
                        PreferencesCommandHandlers::initialise));
    }

    public static List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "accounts.find-preferences",
                FindPreferences.class,
                PreferencesView.class,
                (sql, query) -> PreferencesTable.find(sql, query.account())));
    }

    private static Future<PutPreferences.StoredPreferences> put(Tx tx, PutPreferences command) {
        var expected = command.expectedVersion();
        var put = expected == null
                ? PreferencesTable.put(tx.sql(), command.account(), command.json())
                : PreferencesTable.put(tx.sql(), command.account(), command.json(), expected);
        return put.compose(version -> tx.append(new AccountEvent.PreferencesChanged(command.account(), version))
                .map(done -> new PutPreferences.StoredPreferences(version)));
    }

    private static Future<Void> initialise(Tx tx, InitialisePreferences command) {
        return PreferencesTable.initialise(tx.sql(), command.account(), Preferences.FIRST.json())
                .compose(first -> first
                        ? tx.append(new AccountEvent.PreferencesInitialised(command.account()))
                        : Future.succeededFuture());
    }
}
