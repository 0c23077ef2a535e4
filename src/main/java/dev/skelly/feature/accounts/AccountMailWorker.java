package dev.skelly.feature.accounts;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Set;

/** Writes the letters that somebody asked for: with a link, to the address that the link is about. */
final class AccountMailWorker implements Worker {

    private final Correspondence correspondence;

    AccountMailWorker(Correspondence correspondence) {
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
        return letter(delivery).recover(Correspondence::explain);
    }

    private Future<WorkResult> letter(EventDelivery delivery) {
        if (delivery.event() instanceof AccountEvent.Asked asked) {
            return correspondence
                    .commands()
                    .query(new FindLetterRequest(asked.requestId()))
                    .compose(found -> asked(delivery, asked, found));
        }
        if (delivery.event() instanceof AccountEvent.EmailChangeRequested requested) {
            return correspondence
                    .commands()
                    .query(new FindEmailChange(requested.changeId()))
                    .compose(found -> emailChange(delivery, requested, found));
        }
        return Future.succeededFuture(WorkResult.reject("nothing to write about: " + delivery.type()));
    }

    private Future<WorkResult> asked(EventDelivery delivery, AccountEvent.Asked asked, FindLetterRequest.Answer found) {
        var person = found.person();
        if (person == null) {
            return Future.succeededFuture(WorkResult.done());
        }
        if (asked instanceof AccountEvent.Asked.PasswordForgotten) {
            return correspondence
                    .link(delivery, "reset-password", token -> new IssueReset(person.id(), token))
                    .compose(link ->
                            correspondence.write(delivery, person, AccountLetter.reset(correspondence.home(), link)));
        }
        return asked instanceof AccountEvent.Asked.VerificationRequested
                ? verification(delivery, person)
                : correspondence.write(delivery, person, AccountLetter.addressTaken(correspondence.home()));
    }

    private Future<WorkResult> verification(EventDelivery delivery, UserView person) {
        return person.verified()
                ? Future.succeededFuture(WorkResult.done())
                : correspondence
                        .link(delivery, "verify-email", token -> new IssueVerification(person.id(), token))
                        .compose(link -> correspondence.write(
                                delivery, person, AccountLetter.verification(correspondence.home(), link)));
    }

    private Future<WorkResult> emailChange(
            EventDelivery delivery, AccountEvent.EmailChangeRequested requested, FindEmailChange.Answer found) {
        var email = found.email();
        if (email == null) {
            return Future.succeededFuture(WorkResult.done());
        }
        var owner = found.owner();
        if (owner != null) {
            return correspondence.write(
                    delivery.id(), delivery, owner, email, AccountLetter.addressTaken(correspondence.home()));
        }
        return correspondence
                .link(delivery, "confirm-email", token -> new IssueEmailToken(requested.changeId(), token))
                .compose(link -> correspondence.write(
                        delivery.id(),
                        delivery,
                        requested.userId(),
                        email,
                        AccountLetter.newEmail(correspondence.home(), link)));
    }
}
