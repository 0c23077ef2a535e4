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

    private final Clock clock;

    public MailRequestCommandHandlers(Clock clock) {
        this.clock = clock;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(CommandHandler.on("accounts.request-mail", RequestMail.class, Void.class, this::ask));
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
