package dev.skelly.feature.accounts;

import dev.skelly.event.Cause;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Delivery;
import dev.skelly.feature.Outcome;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Worker;
import dev.skelly.mail.Letter;
import dev.skelly.mail.Postbox;
import dev.skelly.mail.Undeliverable;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes to everybody who registered, with a link that proves the address.
 *
 * <p>The token of the link is stored before the mail leaves, and each run makes one of its own, so the link of whatever mail arrives
 * works. The Message-ID is the event's id: a mail that goes out twice, because the process died between the mail and the note that the
 * event is done, can be told from two mails (decision note 0031).
 */
final class WelcomeMailWorker implements Worker {

    private static final int TOKEN_BYTES = 32;

    private final Commands commands;
    private final Postbox postbox;
    private final Supplier<URI> publicUrl;
    private final SecureRandom random;

    WelcomeMailWorker(Commands commands, Postbox postbox, Supplier<URI> publicUrl, SecureRandom random) {
        this.commands = commands;
        this.postbox = postbox;
        this.publicUrl = publicUrl;
        this.random = random;
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
    public Future<Outcome> work(Delivery delivery) {
        if (!(delivery.event() instanceof AccountEvent.Registered registered)) {
            return Future.succeededFuture(Outcome.refused("not a registration: " + delivery.type()));
        }
        return commands.ask(new FindUser(registered.userId()))
                .compose(user -> welcome(delivery, user))
                .recover(WelcomeMailWorker::explain);
    }

    private Future<Outcome> welcome(Delivery delivery, UserView user) {
        return link(delivery, user)
                .compose(link -> postbox.send(letter(delivery, user, link)))
                .map(sent -> Outcome.done());
    }

    /** Where the person proves the address; empty when that was done. */
    private Future<Optional<URI>> link(Delivery delivery, UserView user) {
        if (user.verified()) {
            return Future.succeededFuture(Optional.empty());
        }
        var token = token();
        var cause = new Cause(delivery.id(), delivery.id(), null, null);
        return commands.send(new IssueVerification(user.id(), token), cause).map(done -> Optional.of(link(token)));
    }

    private Secret token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /* In the fragment, which no server logs and no Referer carries; the page posts it. */
    private URI link(Secret token) {
        var base = publicUrl.get().toString();
        return URI.create(base + (base.endsWith("/") ? "" : "/") + "#verify-email=" + token.reveal());
    }

    private Letter letter(Delivery delivery, UserView user, Optional<URI> link) {
        var words = WelcomeLetter.of(publicUrl.get(), link);
        return new Letter(
                delivery.id(), delivery.time(), user.email(), WelcomeLetter.SUBJECT, words.text(), words.html());
    }

    private static Future<Outcome> explain(Throwable failure) {
        if (failure instanceof Undeliverable) {
            return Future.succeededFuture(Outcome.refused(String.valueOf(failure.getMessage())));
        }
        if (failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND) {
            return Future.succeededFuture(Outcome.done()); // Nobody is there any more to be welcomed.
        }
        return Future.failedFuture(failure);
    }
}
