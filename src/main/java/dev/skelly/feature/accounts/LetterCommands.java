package dev.skelly.feature.accounts;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.QueryHandler;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What becomes of the wish for a letter. */
final class LetterCommands {

    /** Letters of one kind that an account gets in an hour, whoever asks for them: a stranger can annoy, but not flood. */
    static final int AN_HOUR = 5;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(2);

    private final Clock clock;

    LetterCommands(Clock clock) {
        this.clock = clock;
    }

    List<CommandHandler<?, ?>> commands() {
        return List.of(CommandHandler.on("accounts.request-mail", AskForLetter.class, Void.class, this::ask));
    }

    List<QueryHandler<?, ?>> queries() {
        return List.of(QueryHandler.on(
                "accounts.find-mail-request", FindLetterRequest.class, FindLetterRequest.Answer.class, this::find));
    }

    /* Every step is taken for every address: how long it takes tells nothing (decision note 0080). */
    Future<Void> ask(Tx tx, AskForLetter command) {
        var now = clock.instant();
        return LetterTable.clear(tx.sql(), now.minus(KEPT))
                .compose(done -> LetterTable.insert(tx.sql(), command, AccountCommands.address(command.email()), now))
                .compose(done -> tx.append(
                        switch (command.kind()) {
                            case PASSWORD -> new AccountEvent.Asked.PasswordForgotten(command.id());
                            case VERIFICATION -> new AccountEvent.Asked.VerificationRequested(command.id());
                            case REGISTRATION -> new AccountEvent.Asked.RegistrationRepeated(command.id());
                        }));
    }

    private Future<FindLetterRequest.Answer> find(SqlClient sql, FindLetterRequest query) {
        return LetterTable.find(sql, query.id(), clock.instant().minus(HOUR)).compose(found -> receiver(sql, found));
    }

    private static Future<FindLetterRequest.Answer> receiver(SqlClient sql, Optional<LetterTable.Asked> request) {
        var account = request.filter(asked -> asked.lately() <= AN_HOUR)
                .map(LetterTable.Asked::account)
                .orElse(null);
        return account == null
                ? Future.succeededFuture(FindLetterRequest.Answer.NOBODY)
                : AccountTable.find(sql, account)
                        .map(found -> found.filter(person -> !person.disabled())
                                .map(person -> new FindLetterRequest.Answer(person.view()))
                                .orElse(FindLetterRequest.Answer.NOBODY));
    }
}
