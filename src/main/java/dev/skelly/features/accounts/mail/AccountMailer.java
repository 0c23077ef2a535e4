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
import dev.skelly.mail.MailRejected;
import dev.skelly.mail.MailSender;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes to people about events.
 *
 * <p>The token of a link is stored before the mail leaves, and each run makes one of its own, so the link of whatever mail arrives works.
 * The Message-ID follows from the event, so a mail that goes out twice can be told from two mails (decision note 0031).
 *
 * <p>No letter that is kept here outlives its receiver's account: after a letter was handed in, the account is looked for again, and if it
 * is gone so is the letter. Either this look or the worker that follows {@code user.deleted} comes after both.
 */
public final class AccountMailer {

    private final CommandBus commands;
    private final MailSender postbox;
    private final Supplier<URI> publicUrl;
    private final SecureRandom random;

    public AccountMailer(CommandBus commands, MailSender postbox, Supplier<URI> publicUrl, SecureRandom random) {
        this.commands = commands;
        this.postbox = postbox;
        this.publicUrl = publicUrl;
        this.random = random;
    }

    public CommandBus commands() {
        return commands;
    }

    public URI home() {
        return publicUrl.get();
    }

    /**
     * Stores a new token and answers the link that carries it, in the fragment, which no server logs and no Referer carries; the page
     * posts it.
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

    /** Writes to a person's own address. */
    public Future<WorkResult> write(EventDelivery about, UserView person, AccountMail words) {
        return write(about.id(), about, person.id(), person.email(), words);
    }

    /**
     * Writes to an address.
     *
     * @param letter the same for the same letter, however often it is written
     * @param person whose account the letter is kept for
     */
    Future<WorkResult> write(UUID letter, EventDelivery about, UUID person, String address, AccountMail words) {
        return postbox.send(
                        new Email(letter, person, about.time(), address, words.subject(), words.text(), words.html()))
                .compose(sent -> commands.query(new FindUser(person)))
                .<WorkResult>map(there -> WorkResult.done())
                .recover(failure -> gone(failure) ? forget(person) : Future.failedFuture(failure));
    }

    /** Removes what is kept of letters to a person. */
    Future<WorkResult> forget(UUID person) {
        return postbox.forget(person).map(forgotten -> WorkResult.done());
    }

    /** What a run that failed comes to. */
    public static Future<WorkResult> explain(Throwable failure) {
        if (failure instanceof MailRejected) {
            return Future.succeededFuture(WorkResult.reject(String.valueOf(failure.getMessage())));
        }
        return gone(failure) ? Future.succeededFuture(WorkResult.done()) : Future.failedFuture(failure);
    }

    /* Nobody is there any more to be written to. */
    private static boolean gone(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND;
    }
}
