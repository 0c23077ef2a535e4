package dev.skelly.features.accounts.mail;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.QueryHandler;
import dev.skelly.features.accounts.AccountCommandHandlers;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.AccountTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Handles requests for mails. */
public final class MailRequestCommandHandlers {

    /** The maximum number of mails of one kind per account and hour, from all callers, to prevent flooding. */
    public static final int AN_HOUR = 5;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(2);

    private static final int CLEARED_AT_ONCE = 100;
    private static final int FORGOTTEN_AT_ONCE = 100_000;

    private final Clock clock;
    private final int perMailbox;

    /**
     * Creates the handlers.
     *
     * @param perMailbox mails to one mailbox in an hour
     */
    public MailRequestCommandHandlers(Clock clock, int perMailbox) {
        this.clock = clock;
        this.perMailbox = perMailbox;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("accounts.request-mail", RequestMail.class, Void.class, this::ask),
                CommandHandler.on("accounts.admit-mail", AdmitMail.class, AdmitMail.Admission.class, this::admit),
                CommandHandler.on(
                        "accounts.forget-mail-counts",
                        ForgetMailCounts.class,
                        Void.class,
                        (tx, command) -> forget(tx, FORGOTTEN_AT_ONCE)));
    }

    public List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "accounts.find-mail-request",
                FindMailRequest.class,
                FindMailRequest.FoundMailRequest.class,
                this::find));
    }

    /* Takes every step for every address, so that the duration reveals nothing (decision note 0080). */
    public Future<Void> ask(Tx tx, RequestMail command) {
        var now = clock.instant();
        return MailRequestTable.clear(tx.sql(), now.minus(KEPT))
                .compose(done -> MailRequestTable.insert(
                        tx.sql(), command, AccountCommandHandlers.address(command.email()), now))
                .compose(done -> tx.append(
                        switch (command.kind()) {
                            case PASSWORD -> new AccountEvent.Asked.PasswordForgotten(command.id());
                            case VERIFICATION -> new AccountEvent.Asked.VerificationRequested(command.id());
                            case REGISTRATION -> new AccountEvent.Asked.RegistrationRepeated(command.id());
                        }));
    }

    private Future<AdmitMail.Admission> admit(Tx tx, AdmitMail command) {
        var now = clock.instant();
        return forget(tx, CLEARED_AT_ONCE)
                .compose(done -> MailboxTable.admit(tx.sql(), command, now, now.minus(HOUR), perMailbox))
                .map(AdmitMail.Admission::new);
    }

    private Future<Void> forget(Tx tx, int rowsMax) {
        return MailboxTable.clear(tx.sql(), clock.instant().minus(HOUR), rowsMax);
    }

    private Future<FindMailRequest.FoundMailRequest> find(SqlClient sql, FindMailRequest query) {
        return MailRequestTable.find(sql, query.id(), clock.instant().minus(HOUR))
                .compose(found -> receiver(sql, found));
    }

    private static Future<FindMailRequest.FoundMailRequest> receiver(
            SqlClient sql, Optional<MailRequestTable.StoredMailRequest> request) {
        var account = request.filter(asked -> asked.lately() <= AN_HOUR)
                .map(MailRequestTable.StoredMailRequest::account)
                .orElse(null);
        return account == null
                ? Future.succeededFuture(FindMailRequest.FoundMailRequest.NOBODY)
                : AccountTable.find(sql, account)
                        .map(found -> found.filter(person -> !person.disabled())
                                .map(person -> new FindMailRequest.FoundMailRequest(person.view()))
                                .orElse(FindMailRequest.FoundMailRequest.NOBODY));
    }
}
