package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.email.IssueEmailToken;
import dev.skelly.features.accounts.password.IssuePasswordReset;
import dev.skelly.features.accounts.password.PasswordNeeded;
import dev.skelly.features.accounts.registration.IssueVerification;
import dev.skelly.features.accounts.session.RefreshToken;
import dev.skelly.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A stranger registered Ada's address, or had it confirmed for another account, before Ada opened the link (E-50). */
class ProvedElsewhereIT extends WithAccountsFixture {

    private static final String OWN = "a sentence of the owner";

    private Response open(String path, TestRequest link) {
        return await(house.features.call("POST", path, link));
    }

    private TestRequest verification() {
        return link("verification", token -> new IssueVerification(account, token));
    }

    private TestRequest link(String text, Function<SecretText, Command<Void>> issue) {
        await(house.features.send(issue.apply(new SecretText(text)), CommandContext.fresh(account)));
        return TestRequest.of("{\"token\":\"" + text + "\"}");
    }

    private Principal of(Response login) {
        return house.principal(
                account,
                RefreshToken.parse(AccountsFixture.refreshToken(login))
                        .orElseThrow()
                        .session());
    }

    private long live() {
        return Long.parseLong(house.features
                .texts("select count(*) from session where revoked_at is null")
                .get(0));
    }

    private static String resetToken(Response reply) {
        assertThat(reply.status()).isEqualTo(200);
        return ((PasswordNeeded) Objects.requireNonNull(reply.body())).resetToken();
    }

    private void strangersHaveNothing(Response login) {
        assertThat(live()).isZero();
        assertThat(house.count("device")).isZero();
        assertThat(refusal(house.refresh(AccountsFixture.refreshToken(login))).code())
                .isEqualTo("invalid-refresh-token");
        assertThat(refusal(house.login(ADA, AccountsFixture.PASSWORD)).code()).isEqualTo("wrong-credentials");
    }

    private Response setPassword(String token) {
        return await(
                call("POST", "/api/auth/password/reset", "{\"token\":\"" + token + "\",\"password\":\"" + OWN + "\"}"));
    }

    @Test
    void theOwnerGetsTheAccountAndTheStrangerLosesEverything() {
        // Given: a stranger with two sessions, a link for a password and a requested change of the address
        var stranger = await(house.login(ADA, AccountsFixture.PASSWORD));
        await(house.login(ADA, AccountsFixture.PASSWORD));
        var strangersLink = link("reset", token -> new IssuePasswordReset(account, token));
        var wish = "{\"email\":\"mallory@example.org\",\"password\":\"" + AccountsFixture.PASSWORD + "\"}";
        await(call("PUT", "/api/me/email", wish, of(stranger)));

        // When
        var reply = open("/api/auth/verify-email", verification());

        // Then
        var token = resetToken(reply);
        strangersHaveNothing(stranger);
        assertThat(house.count("email_change")).isZero();
        assertThat(refusal(house.features.call(
                                "POST",
                                "/api/auth/password/reset",
                                TestRequest.of(strangersLink.body().replace("}", ",\"password\":\"" + OWN + "\"}"))))
                        .faults())
                .hasSize(1);
        assertThat(house.features.texts("select count(*) from rights_change where version is not null"))
                .containsExactly("1");
        assertThat(house.features.texts("select act from audit where act like '%locked-out'"))
                .containsExactly("user.others-locked-out");
        assertThat(setPassword(token).status()).isEqualTo(204);
        assertThat(await(house.login(ADA, OWN)).status()).isEqualTo(200);
    }

    @Test
    void theSecondOpeningOfTheLinkChangesNothing() {
        // Given
        var link = verification();
        var token = resetToken(open("/api/auth/verify-email", link));
        await(call("POST", "/api/auth/verify-email", link.body()));

        // When
        var set = setPassword(token);
        await(house.login(ADA, OWN));
        var again = open("/api/auth/verify-email", link);

        // Then
        assertThat(set.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(204);
        assertThat(live()).isEqualTo(1);
    }

    @Test
    void eachSignOfTheSameBrowserKeepsPasswordAndSessions() {
        var login = await(house.login(ADA, AccountsFixture.PASSWORD));
        var session = of(login);
        var former = AccountsFixture.refreshToken(login);
        await(house.refresh(former));
        var link = verification();

        for (var same : List.of(
                link.carrying("device", house.device),
                link.carrying("device", AccountsFixture.cookie(login, "device")),
                link.carrying("refresh", former),
                link.by(session))) {
            house.features.execute("update account set verified_at = null");

            assertThat(open("/api/auth/verify-email", same).status()).isEqualTo(204);

            assertThat(await(house.features.query(new FindUser(account))).verified())
                    .isTrue();
            assertThat(live()).isEqualTo(1);
        }
        assertThat(await(house.login(ADA, AccountsFixture.PASSWORD)).status()).isEqualTo(200);
    }

    @Test
    void noSignOfAnotherAccountOrOfAnEndedSessionCounts() {
        // Given
        var ended = await(house.login(ADA, AccountsFixture.PASSWORD));
        house.features.execute("update session set revoked_at = now()");
        house.register("eve@example.org");
        var eve = await(house.login("eve@example.org", AccountsFixture.PASSWORD));
        var evesSession = RefreshToken.parse(AccountsFixture.refreshToken(eve))
                .orElseThrow()
                .session();
        var link = verification();

        for (var other : List.of(
                link,
                link.carrying("device", house.device),
                link.carrying("device", "x"),
                link.carrying("refresh", AccountsFixture.refreshToken(ended)),
                link.carrying("refresh", AccountsFixture.refreshToken(eve)),
                link.carrying("refresh", "no token"),
                link.by(of(ended)),
                link.by(house.principal(account, evesSession)))) {
            house.features.execute("update account set verified_at = null where id = '" + account + "'");

            assertThat(open("/api/auth/verify-email", other).status()).isEqualTo(200);
        }
        assertThat(live()).isEqualTo(1);
    }

    @Test
    void anAddressThatIsConfirmedForAnAccountOfAnotherTakesItFromThem() {
        // Given: Mallory asks for Ada's other address, and Ada opens the link on her telephone
        var mallory = await(house.login(ADA, AccountsFixture.PASSWORD));
        var wish = "{\"email\":\"ada@lovelace.example\",\"password\":\"" + AccountsFixture.PASSWORD + "\"}";
        await(call("PUT", "/api/me/email", wish, of(mallory)));
        var change = UUID.fromString(
                house.features.texts("select id::text from email_change").get(0));
        house.clock.pass(Duration.ofMinutes(1));

        // When
        var reply = open("/api/auth/confirm-email", link("change", token -> new IssueEmailToken(change, token)));

        // Then
        var token = resetToken(reply);
        strangersHaveNothing(mallory);
        assertThat(setPassword(token).status()).isEqualTo(204);
        assertThat(await(house.login("ada@lovelace.example", OWN)).status()).isEqualTo(200);
    }
}
