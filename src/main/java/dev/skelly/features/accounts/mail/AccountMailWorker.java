package dev.skelly.features.accounts.mail;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.UserView;
import dev.skelly.features.accounts.email.FindEmailChange;
import dev.skelly.features.accounts.email.IssueEmailToken;
import dev.skelly.features.accounts.password.IssuePasswordReset;
import dev.skelly.features.accounts.registration.IssueVerification;
import io.vertx.core.Future;
import java.util.Set;

/** Sends the requested mails with a link to the address that the link is about. */
public final class AccountMailWorker implements Worker {

    private final AccountMailer correspondence;

    public AccountMailWorker(AccountMailer correspondence) {
        this.correspondence = correspondence;
    }

    @Override
    public String name() {
        return "account-mail";
    }

    @Override
    public Set<String> types() {
        return Set.of(
                "user.password-forgotten",
                "user.verification-requested",
                "user.registration-repeated",
                "user.email-change-requested");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return letter(delivery).recover(AccountMailer::explain);
    }

    private Future<WorkResult> letter(EventDelivery delivery) {
        if (delivery.event() instanceof AccountEvent.Asked asked) {
            return correspondence
                    .commands()
                    .query(new FindMailRequest(asked.requestId()))
                    .compose(found -> asked(delivery, asked, found));
        }
        if (delivery.event() instanceof AccountEvent.EmailChangeRequested requested) {
            return correspondence
                    .commands()
                    .query(new FindEmailChange(requested.changeId()))
                    .compose(found -> emailChange(delivery, requested, found));
        }
        return Future.succeededFuture(WorkResult.reject("no mail for: " + delivery.type()));
    }

    private Future<WorkResult> asked(
            EventDelivery delivery, AccountEvent.Asked asked, FindMailRequest.FoundMailRequest found) {
        var person = found.person();
        if (person == null) {
            return Future.succeededFuture(WorkResult.done());
        }
        if (asked instanceof AccountEvent.Asked.PasswordForgotten) {
            return correspondence
                    .link(delivery, "reset-password", token -> new IssuePasswordReset(person.id(), token))
                    .compose(link ->
                            correspondence.write(delivery, person, AccountMail.reset(correspondence.home(), link)));
        }
        return asked instanceof AccountEvent.Asked.VerificationRequested
                ? verification(delivery, person)
                : correspondence.write(delivery, person, AccountMail.addressTaken(correspondence.home()));
    }

    private Future<WorkResult> verification(EventDelivery delivery, UserView person) {
        return person.verified()
                ? Future.succeededFuture(WorkResult.done())
                : correspondence
                        .link(delivery, "verify-email", token -> new IssueVerification(person.id(), token))
                        .compose(link -> correspondence.write(
                                delivery, person, AccountMail.verification(correspondence.home(), link)));
    }

    private Future<WorkResult> emailChange(
            EventDelivery delivery,
            AccountEvent.EmailChangeRequested requested,
            FindEmailChange.FoundEmailChange found) {
        var email = found.email();
        if (email == null) {
            return Future.succeededFuture(WorkResult.done());
        }
        var owner = found.owner();
        if (owner != null) {
            return correspondence.write(
                    delivery.id(), delivery, owner, email, AccountMail.addressTaken(correspondence.home()));
        }
        return correspondence
                .link(delivery, "confirm-email", token -> new IssueEmailToken(requested.changeId(), token))
                .compose(link -> correspondence.write(
                        delivery.id(),
                        delivery,
                        requested.userId(),
                        email,
                        AccountMail.newEmail(correspondence.home(), link)));
    }
}
