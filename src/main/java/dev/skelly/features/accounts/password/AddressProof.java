package dev.skelly.features.accounts.password;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.RightsTable;
import dev.skelly.eventlog.Tx;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.admin.AuditCommandHandlers;
import dev.skelly.features.accounts.email.EmailChangeTable;
import dev.skelly.features.accounts.login.DeviceTable;
import dev.skelly.features.accounts.login.LinkBrowser;
import dev.skelly.features.accounts.session.SessionTable;
import dev.skelly.features.accounts.session.SessionTermination;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.UUID;

/**
 * Settles who has an account whose address was proved with a mailed link. A browser that does not know the account belongs to the owner of
 * the address, and another person may have chosen the password: then the password and all sessions, devices and other links end (decision
 * note 0405).
 */
public final class AddressProof {

    private final AuditCommandHandlers acts;
    private final PasswordHasher passwords;
    private final AuthConfig config;
    private final Clock clock;

    public AddressProof(AuditCommandHandlers acts, PasswordHasher passwords, AuthConfig config, Clock clock) {
        this.acts = acts;
        this.passwords = passwords;
        this.config = config;
        this.clock = clock;
    }

    /** Returns what records the acts of accounts. */
    public AuditCommandHandlers acts() {
        return acts;
    }

    /**
     * The result of a proof.
     *
     * @param passwordNeeded whether the account has no password until its owner sets one
     */
    public record ProvedAddress(boolean passwordNeeded) {

        /** The account stays as it is. */
        public static final ProvedAddress SAME_BROWSER = new ProvedAddress(false);
    }

    /**
     * Ends what others have of the account, unless the browser knows it. The account's row must be locked.
     *
     * @param reset a random token; sets the new password, if one is needed
     */
    public Future<ProvedAddress> settle(Tx tx, UUID account, LinkBrowser browser, SecretText reset) {
        return knows(tx, account, browser)
                .compose(same -> same
                        ? Future.succeededFuture(ProvedAddress.SAME_BROWSER)
                        : lockOut(tx, account, reset).map(done -> new ProvedAddress(true)));
    }

    private Future<Boolean> knows(Tx tx, UUID account, LinkBrowser browser) {
        var device = browser.device();
        var known = device == null ? Future.succeededFuture(false) : DeviceTable.known(tx.sql(), account, device);
        return known.compose(here ->
                here ? Future.succeededFuture(true) : SessionTable.knows(tx.sql(), account, browser, clock.instant()));
    }

    private Future<Void> lockOut(Tx tx, UUID account, SecretText reset) {
        var now = clock.instant();
        return PasswordTable.set(tx.sql(), account, new SecretText(passwords.unset()))
                .compose(done -> endAll(tx, account))
                .compose(done -> RightsTable.voidTokens(tx, account))
                .compose(done -> PasswordTable.insert(tx.sql(), reset.digest(), account, now.plus(config.resetLife())))
                .compose(done -> acts.doneByOwner(tx, account, "user.others-locked-out"));
    }

    private Future<Void> endAll(Tx tx, UUID account) {
        return PasswordTable.forget(tx.sql(), account)
                .compose(done -> EmailChangeTable.forget(tx.sql(), account))
                .compose(done -> DeviceTable.forget(tx.sql(), account))
                .compose(done -> SessionTermination.all(tx, account, null, clock.instant()));
    }
}
