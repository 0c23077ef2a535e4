package dev.skelly.features.notifications;

import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.RecipientDirectory;
import dev.skelly.feature.RecipientDirectory.FindRecipients;
import dev.skelly.feature.RecipientDirectory.Recipient;
import dev.skelly.feature.UserDirectory;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.mail.Email;
import dev.skelly.mail.MailRejectedException;
import dev.skelly.mail.MailSender;
import io.vertx.core.Future;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Mails notifications to people who have proved their address. The Message-ID is derived from the event, so a mail that is sent twice can be
 * distinguished from two mails. No stored mail outlives its receiver's account, which is looked up again after the mail was handed in.
 */
final class NotificationMailWorker implements Worker {

    private static final int ITEMS_MAX = 20;

    private final CommandBus commands;
    private final UserDirectory users;
    private final MailSender mail;
    private final Supplier<URI> publicUrl;

    NotificationMailWorker(CommandBus commands, UserDirectory users, MailSender mail, Supplier<URI> publicUrl) {
        this.commands = commands;
        this.users = users;
        this.mail = mail;
        this.publicUrl = publicUrl;
    }

    @Override
    public String name() {
        return "notification-mail";
    }

    @Override
    public Set<String> types() {
        return Set.of("notification.mail-due");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        if (!(delivery.event() instanceof NotificationEvent.MailDue due)) {
            return Future.succeededFuture(WorkResult.reject("no mail for: " + delivery.type()));
        }
        return RecipientDirectory.through(commands)
                .find(new FindRecipients(List.of(due.userId()), Set.of(), 1))
                .compose(found -> found.items().stream()
                        .filter(Recipient::verified)
                        .findFirst()
                        .map(person -> mail(delivery, due.batchId(), person))
                        .orElseGet(() -> Future.succeededFuture(WorkResult.done())))
                .recover(failure -> failure instanceof MailRejectedException
                        ? Future.succeededFuture(WorkResult.reject(String.valueOf(failure.getMessage())))
                        : Future.failedFuture(failure));
    }

    private Future<WorkResult> mail(EventDelivery delivery, UUID batch, Recipient person) {
        return commands.query(new FindMail(person.id(), batch, ITEMS_MAX)).compose(found -> {
            var items = found.items().stream()
                    .filter(item -> person.choices().takes(item.kind(), "mail"))
                    .toList();
            if (items.isEmpty()) {
                return Future.succeededFuture(WorkResult.done());
            }
            var more = found.total() - found.items().size();
            var words = NotificationMail.of(
                    publicUrl.get(), items, more, person.choices().language());
            return send(delivery, person, words);
        });
    }

    private Future<WorkResult> send(EventDelivery delivery, Recipient person, NotificationMail words) {
        return mail.send(new Email(
                        delivery.id(),
                        person.id(),
                        delivery.time(),
                        person.email(),
                        words.subject(),
                        words.text(),
                        words.html()))
                .compose(sent -> users.find(person.id()))
                .compose(found -> found.isPresent() ? Future.succeededFuture() : mail.forget(person.id()))
                .map(done -> WorkResult.done());
    }
}
