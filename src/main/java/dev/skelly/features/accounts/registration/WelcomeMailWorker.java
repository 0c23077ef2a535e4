package dev.skelly.features.accounts.registration;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.FindUser;
import dev.skelly.features.accounts.UserView;
import dev.skelly.features.accounts.mail.AccountMail;
import dev.skelly.features.accounts.mail.AccountMailer;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Sends each new account a mail with a verification link. */
public final class WelcomeMailWorker implements Worker {

    private final AccountMailer correspondence;

    public WelcomeMailWorker(AccountMailer correspondence) {
        this.correspondence = correspondence;
    }

    @Override
    public String name() {
        return "welcome-mail";
    }

    @Override
    public Set<String> types() {
        return Set.of("user.registered");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        if (!(delivery.event() instanceof AccountEvent.Registered registered)) {
            return Future.succeededFuture(WorkResult.reject("not a registration: " + delivery.type()));
        }
        return correspondence
                .commands()
                .query(new FindUser(registered.userId()))
                .compose(user -> link(delivery, user)
                        .compose(link ->
                                correspondence.write(delivery, user, AccountMail.welcome(correspondence.home(), link))))
                .recover(AccountMailer::explain);
    }

    /** Returns the verification link; empty when the address is verified. */
    private Future<Optional<URI>> link(EventDelivery delivery, UserView user) {
        return user.verified()
                ? Future.succeededFuture(Optional.empty())
                : correspondence
                        .link(delivery, "verify-email", token -> new IssueVerification(user.id(), token))
                        .map(Optional::of);
    }
}
