package dev.skelly.features.accounts.mail;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Problem;
import dev.skelly.feature.WorkResult;
import dev.skelly.features.accounts.FindUser;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.UserView;
import dev.skelly.mail.Email;
import dev.skelly.mail.MailRejectedException;
import dev.skelly.mail.MailSender;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails to people about events.
 *
 * <p>The token of a link is stored before the mail is sent. Each run creates a token of its own, so the link of every delivered mail works.
 * The Message-ID is derived from the event, so a mail that is sent twice can be distinguished from two mails (decision note 0031).
 *
 * <p>No stored mail outlives its receiver's account. After a mail was handed in, the account is looked up again; if it is gone, the mail is
 * deleted. Either this lookup or the worker of {@code user.deleted} runs after both.
 */
public final class AccountMailer {

    private static final Logger LOGGER = LoggerFactory.getLogger(AccountMailer.class);

    private final CommandBus commands;
    private final MailSender postbox;
    private final Supplier<URI> publicUrl;
    private final SecureRandom random;
    private final MeterRegistry meters;

    public AccountMailer(
            CommandBus commands,
            MailSender postbox,
            Supplier<URI> publicUrl,
            SecureRandom random,
            MeterRegistry meters) {
        this.commands = commands;
        this.postbox = postbox;
        this.publicUrl = publicUrl;
        this.random = random;
        this.meters = meters;
    }

    public CommandBus commands() {
        return commands;
    }

    public URI home() {
        return publicUrl.get();
    }

    /**
     * Stores a new token and returns its link. The token is in the fragment, which no server logs and no Referer carries; the page posts it.
     *
     * @param purpose name of the fragment's parameter
     * @param issue the command that stores the token
     */
    public Future<URI> link(EventDelivery about, String purpose, Function<SecretText, Command<Void>> issue) {
        var token = SecretText.random(random);
        var base = home().toString();
        var link = URI.create(base + (base.endsWith("/") ? "" : "/") + "#" + purpose + "=" + token.reveal());
        var cause = CommandContext.fresh(about.id());
        return commands.send(issue.apply(token), cause).map(done -> link);
    }

    /** Sends a mail to a person's own address. */
    public Future<WorkResult> write(EventDelivery about, UserView person, AccountMail words) {
        return write(about.id(), about, person.id(), person.email(), words);
    }

    /**
     * Sends a mail to an address, unless its mailbox has had too many.
     *
     * @param letter the mail's id, the same on every retry
     * @param person the account for which the mail is stored
     */
    Future<WorkResult> write(UUID letter, EventDelivery about, UUID person, String address, AccountMail words) {
        return commands.send(new AdmitMail(letter, address, words.notice()), CommandContext.fresh(about.id()))
                .compose(counted -> counted.result().admitted()
                        ? send(letter, about, person, address, words)
                        : withhold(letter, words));
    }

    /* Leaves no trace outside: a caller must not learn that the address exists or that others requested mails to it. */
    private Future<WorkResult> withhold(UUID letter, AccountMail words) {
        LOGGER.atInfo().addKeyValue("mail", letter).log("a mail was not sent: its mailbox has had too many");
        meters.counter("skelly.mails.withheld", "notice", Boolean.toString(words.notice()))
                .increment();
        return Future.succeededFuture(WorkResult.done());
    }

    private Future<WorkResult> send(UUID letter, EventDelivery about, UUID person, String address, AccountMail words) {
        return postbox.send(
                        new Email(letter, person, about.time(), address, words.subject(), words.text(), words.html()))
                .compose(sent -> commands.query(new FindUser(person)))
                .<WorkResult>map(there -> WorkResult.done())
                .recover(failure -> gone(failure) ? forget(person) : Future.failedFuture(failure));
    }

    /** Deletes the stored mails to a person. */
    Future<WorkResult> forget(UUID person) {
        return postbox.forget(person).map(forgotten -> WorkResult.done());
    }

    /** Maps a failure to a work result. */
    public static Future<WorkResult> explain(Throwable failure) {
        if (failure instanceof MailRejectedException) {
            return Future.succeededFuture(WorkResult.reject(String.valueOf(failure.getMessage())));
        }
        return gone(failure) ? Future.succeededFuture(WorkResult.done()) : Future.failedFuture(failure);
    }

    /* Tells whether the failure means that the receiver no longer exists. */
    private static boolean gone(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND;
    }
}
