package dev.skelly.features.accounts.session;

import dev.skelly.auth.RightsTable;
import dev.skelly.eventlog.Tx;
import dev.skelly.features.accounts.AccountEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends several sessions of an account at once. */
public final class SessionTermination {

    private SessionTermination() {}

    /**
     * Ends all sessions except one.
     *
     * @param kept the one that stays; null for none
     */
    public static Future<Void> all(Tx tx, UUID account, @Nullable UUID kept, Instant now) {
        return SessionTable.revokeAll(tx.sql(), account, kept, now).compose(ended -> tell(tx, account, ended));
    }

    /** Emits events for sessions that have just ended. */
    static Future<Void> tell(Tx tx, UUID account, List<UUID> ended) {
        Future<Void> told = Future.succeededFuture();
        for (var session : ended) {
            told = told.compose(done -> RightsTable.endSession(tx, account, session))
                    .compose(done -> tx.append(new AccountEvent.LoggedOut(account, session)));
        }
        return told;
    }
}
