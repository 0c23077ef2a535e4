package dev.skelly.features.accounts.mail;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.FindUser;
import dev.skelly.features.accounts.email.FindFormerEmail;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** Notifies people of changes to their account that others may have made. */
public final class AccountNoticeWorker implements Worker {

    private final AccountMailer correspondence;

    public AccountNoticeWorker(AccountMailer correspondence) {
        this.correspondence = correspondence;
    }

    @Override
    public String name() {
        return "account-notice";
    }

    @Override
    public Set<String> types() {
        return Set.of("user.password-changed", "user.email-change-requested", "user.device-added");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return notice(delivery).recover(AccountMailer::explain);
    }

    private Future<WorkResult> notice(EventDelivery delivery) {
        var home = correspondence.home();
        if (delivery.event() instanceof AccountEvent.PasswordChanged changed) {
            return correspondence
                    .commands()
                    .query(new FindUser(changed.userId()))
                    .compose(user -> correspondence.write(delivery, user, AccountMail.passwordChanged(home)));
        }
        if (delivery.event() instanceof AccountEvent.DeviceAdded added) {
            return correspondence
                    .commands()
                    .query(new FindUser(added.userId()))
                    .compose(user -> correspondence.write(delivery, user, AccountMail.newDevice(home)));
        }
        if (delivery.event() instanceof AccountEvent.EmailChangeRequested requested) {
            return correspondence
                    .commands()
                    .query(new FindFormerEmail(requested.changeId()))
                    .compose(found -> tell(delivery, found, AccountMail.emailChangeRequested(home)));
        }
        return Future.succeededFuture(WorkResult.reject("no notice for: " + delivery.type()));
    }

    /* Another mail about the same event goes to the new address, so this one does not use the event's id. */
    private Future<WorkResult> tell(EventDelivery delivery, FindFormerEmail.FormerEmail former, AccountMail words) {
        var account = former.account();
        var email = former.email();
        if (account == null || email == null) {
            return Future.succeededFuture(WorkResult.done());
        }
        var letter = UUID.nameUUIDFromBytes((delivery.id() + " notice").getBytes(StandardCharsets.UTF_8));
        return correspondence.write(letter, delivery, account, email, words);
    }
}
