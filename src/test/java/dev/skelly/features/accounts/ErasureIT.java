package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AuthConfig;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Json;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.erasure.EraseAccount;
import dev.skelly.features.accounts.mail.AccountMailer;
import dev.skelly.features.accounts.registration.WelcomeMailWorker;
import dev.skelly.mail.Email;
import dev.skelly.mail.MailSender;
import dev.skelly.testkit.TestRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Everything about a person: handed out, and gone. */
class ErasureIT extends WithAccountsFixture {

    private static final String NAME = "Augusta King";
    private static final String WITH_PASSWORD = "{\"password\":\"" + AccountsFixture.PASSWORD + "\"}";

    /* Every table that holds anything about a person holds something of Ada. */
    private Principal adaWasBusy() {
        var here = signedIn();
        await(house.features.call(
                "PATCH",
                "/api/me",
                TestRequest.of("{\"name\":\"" + NAME + "\"}").by(here).with("If-Match", "*")));
        await(call("PUT", "/api/me/preferences", "{\"motto\":\"" + NAME + "\"}", here));
        await(call("POST", "/api/auth/password/forgot", "{\"email\":\"" + ADA + "\"}"));
        var wish = "{\"email\":\"ada@lovelace.example\",\"password\":\"" + AccountsFixture.PASSWORD + "\"}";
        await(call("PUT", "/api/me/email", wish, here));
        await(call("POST", "/api/stream/tickets", "{}", here));
        house.features.deliver();
        var error = "[{\"at\":\"2026-11-23T12:00:00Z\",\"node\":\"n\",\"attempt\":1,\"error\":\"x\",\"message\":\""
                + ADA + "\"}]";
        house.features.execute(
                "insert into inbox (worker, event, type, subject, state, attempts, node, due_at, errors) values"
                        + " ('w', gen_random_uuid(), 't', 'user:" + account + "', 'waiting', 1, 'n', now(), '" + error
                        + "')");
        house.features.execute(
                "insert into dead_letter (id, worker, event, type, subject, state, attempts, first_at, last_at, reason)"
                        + " values (gen_random_uuid(), 'w', gen_random_uuid(), 't', 'user:" + account
                        + "', 'discarded', '" + error
                        + "', now(), now(), '" + NAME + " asked')");
        return here;
    }

    private Future<Response> erase(String body, Principal caller, String tag) {
        return house.features.call(
                "DELETE", "/api/me", TestRequest.of(body).by(caller).with("If-Match", tag));
    }

    private List<String> rowsWithTraces() {
        return house
                .features
                .texts("select table_name::text from information_schema.tables where table_schema = 'public'"
                        + " and table_type = 'BASE TABLE'")
                .stream()
                .flatMap(table ->
                        house
                                .features
                                .texts("select '" + table + " ' || row::text from \"" + table + "\" row")
                                .stream())
                .filter(row -> row.contains("ada@") || row.contains("Augusta") || row.contains("192.0.2.7"))
                .toList();
    }

    @Test
    void nothingPersonalIsLeftInAnyTableAndTheAddressIsFree() {
        // Given
        var here = adaWasBusy();
        var before = rowsWithTraces();

        // When
        var reply = await(erase(WITH_PASSWORD, here, "\"2\""));

        // Then
        assertThat(before).hasSizeGreaterThanOrEqualTo(7);
        assertThat(rowsWithTraces()).isEmpty();
        assertThat(reply.cookies()).extracting(Response.Cookie::name).containsExactly("refresh", "session");
        assertThat(house.features.events(account)).endsWith("user.logged-out", "user.deleted");
        assertThat(house.count("stream_ticket")).isZero();
        assertThat(house.features.texts("select act from audit where target = 'user:" + account + "'"))
                .contains("user.deleted");
        assertThat(house.features.texts("select count(*) from rights_change where version is not null"))
                .containsExactly("1");
        assertThat(house.register(ADA)).isNotEqualTo(account);
    }

    @Test
    void addressAndNameInTheLogCanNeverBeOpenedAgain() {
        // Given
        var here = signedIn();
        var decryptor = new FieldDecryptor(house.features, PrivacyConfig.DEFAULT, Json.mapper());
        var before = await(decryptor.open(house.features.log()));

        // When
        await(erase(WITH_PASSWORD, here, "*"));

        // Then
        var after = await(
                new FieldDecryptor(house.features, PrivacyConfig.DEFAULT, Json.mapper()).open(house.features.log()));
        assertThat(before).filteredOn(event -> event.data().contains(ADA)).hasSize(1);
        assertThat(after)
                .hasSizeGreaterThan(before.size())
                .noneMatch(event -> event.data().contains(ADA));
        assertThat(house.features.texts("select (key is null)::text from subject_key"))
                .containsExactly("true");
    }

    @Test
    void anErasureThatFailsErasesNothing() {
        // Given
        var here = adaWasBusy();
        house.features.execute(
                "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$");
        house.features.execute("create trigger refuse before delete on account for each row execute function refuse()");
        var before = rowsWithTraces();

        // When
        var ended = await(erase(WITH_PASSWORD, here, "\"2\"").transform(Future::succeededFuture));

        // Then
        assertThat(ended.failed()).isTrue();
        assertThat(ended.cause()).isNotInstanceOf(Problem.class);
        assertThat(rowsWithTraces()).hasSameSizeAs(before);
        assertThat(house.features.events(account)).doesNotContain("user.deleted", "user.logged-out");
    }

    @Test
    void theExportHoldsEverythingAndNoSecret() {
        // Given
        var here = adaWasBusy();
        assertThat(house.features.log()).isNotEmpty();

        // When
        var reply = await(call("GET", "/api/me/export", "", here));

        // Then
        var text = String.valueOf(house.features.body(reply));
        assertThat(house.features.body(reply)).containsKeys("accounts", "work", "audit", "privacy");
        assertThat(text)
                .contains(ADA, NAME, "ada@lovelace.example", "192.0.2.7", "motto", "discarded")
                .contains("requiresEmailVerification=true, email=" + ADA)
                .doesNotContain("argon2");
        assertThat(reply.headers()).extracting(Map.Entry::getKey).contains("Content-Disposition");
        assertThat(house.features.texts("select act from audit")).contains("user.exported");
    }

    @Test
    void aPasswordIsAskedForWhereSigningInIsNotFresh() {
        // Given
        var here = signedIn();
        house.clock.pass(AuthConfig.DEFAULT.freshSignIn());

        // Then
        assertThat(refusal(erase("{}", here, "*")).code()).isEqualTo("sign-in-again");
        assertThat(refusal(erase("{\"password\":\"wrong\"}", here, "*")).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/password");
        assertThat(await(erase("{}", signedIn(), "*")).status()).isEqualTo(204);
    }

    @Test
    void whoErasesSaysWhatTheyExpect() {
        // Given
        var here = signedIn();

        // Then
        assertThat(refusal(erase(WITH_PASSWORD, here, "\"7\"")).kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(refusal(call("DELETE", "/api/me", WITH_PASSWORD, here)).kind())
                .isEqualTo(Problem.Kind.PRECONDITION_REQUIRED);
        assertThat(house.count("account")).isEqualTo(1);
    }

    @Test
    void anAdministratorErasesWhomeverTheyName() {
        // Given
        var admin = new Principal(new UUID(1, 2), new UUID(9, 9), Set.of("user", "admin"), 0, house.clock.instant());
        var request = TestRequest.of("").by(admin).with("If-Match", "\"1\"");

        // When
        var reply = await(house.features.call("DELETE", "/api/users/{id}", request.at("id", account.toString())));
        var again = refusal(house.features.call("DELETE", "/api/users/{id}", request.at("id", account.toString())));

        // Then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(again.kind()).isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(house.count("account")).isZero();
        assertThat(house.features.texts("select actor::text from event where type = 'user.deleted'"))
                .containsExactly(admin.account().toString());
    }

    @Test
    void aLetterThatIsWrittenWhileItsReceiverGoesIsForgotten() {
        // Given: a postbox whose sending takes until after the erasure
        var letters = new ArrayList<String>();
        var slow = new SlowPostbox(
                letters, () -> house.features.send(new EraseAccount(account, null), CommandContext.fresh(account)));
        var correspondence = new AccountMailer(
                house.features, slow, () -> AccountsFixture.HOME, new SecureRandom(), new SimpleMeterRegistry());

        // When
        var delivery = new EventDelivery(
                new UUID(7, 7),
                "user.registered",
                "user:" + account,
                house.clock.instant(),
                1,
                new AccountEvent.Registered(account, true, null, null),
                "{}");
        await(new WelcomeMailWorker(correspondence).work(delivery));

        // Then
        assertThat(letters).containsExactly("sent to " + account, "forgot " + account);
    }

    private record SlowPostbox(List<String> letters, Supplier<Future<?>> meanwhile) implements MailSender {

        @Override
        public Future<Void> send(Email letter) {
            return meanwhile.get().map(done -> {
                letters.add("sent to " + letter.person());
                return null;
            });
        }

        @Override
        public Future<Void> forget(UUID person) {
            letters.add("forgot " + person);
            return Future.succeededFuture();
        }
    }
}
