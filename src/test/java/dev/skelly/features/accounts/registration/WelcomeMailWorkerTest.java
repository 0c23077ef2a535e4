package dev.skelly.features.accounts.registration;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import dev.skelly.feature.WorkResult;
import dev.skelly.features.accounts.AccountEvent;
import dev.skelly.features.accounts.UserView;
import dev.skelly.features.accounts.mail.AccountMailer;
import dev.skelly.features.accounts.mail.AdmitMail;
import dev.skelly.features.accounts.preferences.InitialisePreferencesWorker;
import dev.skelly.mail.Email;
import dev.skelly.mail.MailRejectedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.net.ConnectException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WelcomeMailWorkerTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final UUID ADA = new UUID(1, 1);

    private final List<String> steps = new ArrayList<>();
    private final List<Email> letters = new ArrayList<>();
    private final List<IssueVerification> issued = new ArrayList<>();
    private Future<UserView> user = Future.succeededFuture(view(false));
    private Future<Void> mail = Future.succeededFuture();
    private boolean admitted = true;

    private final WelcomeMailWorker worker = new WelcomeMailWorker(new AccountMailer(
            new Answers(),
            this::post,
            () -> URI.create("https://app.example.org"),
            new SecureRandom(),
            new SimpleMeterRegistry()));

    @Test
    void writesOneLetterWithALinkThatWasStoredBefore() {
        // When
        var outcome = await(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null))));

        // Then
        assertThat(outcome).isEqualTo(WorkResult.done());
        assertThat(steps).containsExactly("store", "post");
        var letter = letters.get(0);
        var link =
                "https://app.example.org/#verify-email=" + issued.get(0).token().reveal();
        assertThat(letter.to()).isEqualTo("ada@example.org");
        assertThat(letter.text()).contains("\n" + link + "\n");
        assertThat(letter.html()).contains("href=\"" + link + "\"");
    }

    @Test
    void theSameEventGivesALetterOfTheSameIdAndTime() {
        // When
        await(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null))));
        await(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null))));

        // Then
        assertThat(letters).extracting(Email::id).containsOnly(new UUID(7, 7));
        assertThat(letters).extracting(Email::time).containsOnly(NOON);
        assertThat(issued).extracting(IssueVerification::token).doesNotHaveDuplicates();
    }

    @Test
    void whoIsVerifiedGetsNoLink() {
        // Given
        user = Future.succeededFuture(view(true));

        // When
        await(worker.work(delivery(new AccountEvent.Registered(ADA, false, null, null))));

        // Then
        assertThat(steps).containsExactly("post");
        assertThat(letters.get(0).text()).doesNotContain("verify-email");
    }

    @Test
    void nothingThatTheyWroteThemselvesIsInTheWords() {
        // When
        await(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null))));

        // Then
        assertThat(letters.get(0).text() + letters.get(0).html()).doesNotContain("click here");
    }

    @Test
    void whoIsGoneIsNotWelcomed() {
        // Given
        user = Future.failedFuture(Problem.notFound("no such account"));

        // Then
        assertThat(await(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null)))))
                .isEqualTo(WorkResult.done());
        assertThat(steps).isEmpty();
    }

    @Test
    void aReceiverWhoIsRefusedForGoodIsNotTriedAgain() {
        // Given
        mail = Future.failedFuture(new MailRejectedException(550));

        // Then
        assertThat(await(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null)))))
                .isInstanceOf(WorkResult.Refused.class);
    }

    @Test
    void aMailboxWithTooManyMailsGetsNone() {
        // Given
        admitted = false;

        // Then
        assertThat(await(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null)))))
                .isEqualTo(WorkResult.done());
        assertThat(letters).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        // Given
        mail = Future.failedFuture(new ConnectException("away"));

        // Then
        assertThat(worker.work(delivery(new AccountEvent.Registered(ADA, true, null, null)))
                        .failed())
                .isTrue();
    }

    @Test
    void anotherEventIsRefused() {
        assertThat(await(worker.work(delivery(new AccountEvent.Verified(ADA))))).isInstanceOf(WorkResult.Refused.class);
        assertThat(await(new InitialisePreferencesWorker().work(delivery(new AccountEvent.Verified(ADA)))))
                .isInstanceOf(WorkResult.Refused.class);
    }

    private static EventDelivery delivery(AccountEvent event) {
        return new EventDelivery(new UUID(7, 7), "user.registered", event.subject(), NOON, 1, event, "{}");
    }

    private static UserView view(boolean verified) {
        return new UserView(ADA, "ada@example.org", "click here", List.of("user"), verified, false, NOON, 1);
    }

    private Future<Void> post(Email letter) {
        steps.add("post");
        letters.add(letter);
        return mail;
    }

    private final class Answers implements CommandBus {

        @Override
        @SuppressWarnings({"NullAway", "unchecked"}) // a command without an answer is answered with null
        public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
            if (command instanceof AdmitMail) {
                return Future.succeededFuture(new CommandResult<>((R) new AdmitMail.Admission(admitted), null));
            }
            steps.add("store");
            issued.add((IssueVerification) command);
            return Future.succeededFuture(new CommandResult<>(null, null));
        }

        @Override
        @SuppressWarnings("unchecked") // the worker asks one query only
        public <R> Future<R> query(Query<R> query) {
            return (Future<R>) user;
        }
    }
}
