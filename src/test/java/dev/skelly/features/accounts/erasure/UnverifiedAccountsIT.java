package dev.skelly.features.accounts.erasure;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AccountLimitsConfig;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.AccountsFixture;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.WithAccountsFixture;
import dev.skelly.features.accounts.registration.IssueVerification;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Accounts whose address is never verified go after a time, whole; all others stay. */
class UnverifiedAccountsIT extends WithAccountsFixture {

    private static final Duration LIFE = AccountLimitsConfig.DEFAULT.unverifiedLife();
    private static final SecretText TOKEN = new SecretText("a".repeat(43));

    private Future<Void> erase() {
        return house.features.features().stream()
                .flatMap(feature -> feature.jobs().stream())
                .filter(job -> job.name().equals("accounts.erase-unverified"))
                .findFirst()
                .orElseThrow()
                .run()
                .apply(house.clock.instant());
    }

    private List<String> emails() {
        return house.features.texts("select email from account order by email");
    }

    private Future<?> verify() {
        return house.features.call(
                "POST", "/api/auth/verify-email", TestRequest.of("{\"token\":\"" + TOKEN.reveal() + "\"}"));
    }

    @Test
    void theyGoWithDataAndKeyAndTheirAddressIsFree() {
        // Given
        assertThat(await(house.login("ada@example.org", AccountsFixture.PASSWORD))
                        .status())
                .isEqualTo(200);
        house.clock.pass(LIFE.minusSeconds(1));
        await(erase());
        assertThat(emails()).containsExactly("ada@example.org");
        house.register("young@example.org");
        house.clock.pass(Duration.ofSeconds(2));

        // When
        await(erase());

        // Then
        assertThat(emails()).containsExactly("young@example.org");
        assertThat(house.count("session")).isZero();
        assertThat(house.features.events(account)).endsWith("user.logged-out", "user.deleted");
        assertThat(house.features.texts("select (key is null)::text from subject_key order by 1"))
                .containsExactly("false", "true");
        assertThat(house.register("ada@example.org")).isNotEqualTo(account);
    }

    @Test
    void verifiedOnesAndThoseOfTheOperatorStay() {
        // Given
        var verified = house.register("verified@example.org");
        var role = house.register("role@example.org");
        var disabled = house.register("disabled@example.org");
        house.register("before@example.org");
        await(house.people().create("operator@example.org", AccountsFixture.PASSWORD, false));
        await(house.people().create("admin@example.org", AccountsFixture.PASSWORD, true));
        await(house.features.send(new IssueVerification(verified, TOKEN)));
        await(verify());
        house.features.execute("update account set roles = array['editor', 'user'] where id = '" + role + "'");
        house.features.execute("update account set disabled = true where id = '" + disabled + "'");
        house.features.execute("update account set must_verify = false where email = 'before@example.org'");
        house.clock.pass(LIFE.multipliedBy(100));

        // When
        await(erase());

        // Then
        assertThat(emails())
                .containsExactly(
                        "admin@example.org",
                        "before@example.org",
                        "disabled@example.org",
                        "operator@example.org",
                        "role@example.org",
                        "verified@example.org");
    }

    @Test
    void aVerificationBeforeTheErasureKeepsTheAccount() {
        // Given: the job has found the account
        await(house.features.send(new IssueVerification(account, TOKEN)));
        house.clock.pass(Duration.ofDays(1));
        var createdBefore = house.clock.instant();

        // When
        await(verify());
        await(house.features.send(new EraseUnverified(account, createdBefore)));

        // Then
        assertThat(emails()).containsExactly("ada@example.org");
        assertThat(house.features.events(account)).endsWith("user.verified");
    }

    @Test
    void aVerificationAfterTheErasureIsRefused() {
        // Given
        await(house.features.send(new IssueVerification(account, TOKEN)));
        house.clock.pass(Duration.ofDays(1));

        // When
        await(house.features.send(new EraseUnverified(account, house.clock.instant())));

        // Then
        assertThat(refusal(verify()).kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(emails()).isEmpty();
    }

    @Test
    void ofAVerificationAndAnErasureAtOnceOneHappens() {
        for (var round = 0; round < 20; round++) {
            // Given
            var email = "racer" + round + "@example.org";
            var id = house.register(email);
            await(house.features.send(new IssueVerification(id, TOKEN)));
            house.clock.pass(Duration.ofMinutes(1));
            var outcomes = new ArrayList<Boolean>();

            // When
            var erased = house.features.send(new EraseUnverified(id, house.clock.instant()));
            var verified = verify().transform(ended -> {
                outcomes.add(ended.succeeded());
                return Future.succeededFuture();
            });
            await(Future.all(erased, verified));

            // Then
            assertThat(emails().contains(email)).isEqualTo(outcomes.get(0));
            assertThat(verifiedOrErased(id)).containsExactly(outcomes.get(0) ? "user.verified" : "user.deleted");
            house.features.execute("delete from verification");
        }
    }

    private Stream<String> verifiedOrErased(UUID id) {
        return house.features.events(id).stream()
                .filter(type -> type.equals("user.verified") || type.equals("user.deleted"));
    }

    @Test
    void allPagesAreErased() {
        // Given
        house.features.execute(
                "insert into account (id, email, email_key, password_hash, roles, created_at, must_verify)"
                        + " select gen_random_uuid(), 'bulk' || n, 'bulk' || n, 'h', array['user'], '2026-11-23', true"
                        + " from generate_series(1, " + (FindUnverified.PAGE + 5) + ") n");
        house.clock.pass(LIFE.plusDays(1));

        // When
        await(erase());

        // Then
        assertThat(emails()).isEmpty();
    }
}
