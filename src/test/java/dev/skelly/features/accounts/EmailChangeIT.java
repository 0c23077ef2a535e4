package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.email.IssueEmailToken;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Having another address, with real mail. */
class EmailChangeIT extends WithAccountsFixture {

    private static final String NEW = "ada@lovelace.example";

    private final MailFixture mail;
    private Principal browser = house.principal(new UUID(8, 8));

    EmailChangeIT() {
        super(AccountsFixture.mailing());
        this.mail = house.office.orElseThrow();
    }

    private Future<Response> wish(String email, String password) {
        var body = "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
        return call("PUT", "/api/me/email", body, signedIn());
    }

    private Future<Response> confirm(String token) {
        return call("POST", "/api/auth/confirm-email", "{\"token\":\"" + token + "\"}", browser);
    }

    private String mailedToken() {
        browser = signedIn();
        await(wish(NEW, AccountsFixture.PASSWORD));
        house.features.deliver();
        return mail.token(NEW, "confirm-email");
    }

    @Test
    void theAddressChangesWhenTheNewOneIsProvedAndTheOldOneIsTold() {
        // Given
        var token = mailedToken();
        var before = await(house.features.query(new FindUser(account)));

        // When
        await(confirm(token));

        // Then
        var after = await(house.features.query(new FindUser(account)));
        assertThat(before.email()).isEqualTo(ADA);
        assertThat(after.email()).isEqualTo(NEW);
        assertThat(after.verified()).isTrue();
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(mail.subjects(NEW)).containsExactly("Confirm your new e-mail address");
        assertThat(mail.subjects(ADA)).containsExactly("Welcome to Skelly", "Your e-mail address is about to change");
        assertThat(await(house.login(NEW, AccountsFixture.PASSWORD)).status()).isEqualTo(200);
        assertThat(house.features.texts("select count(*) from rights_change where version is not null"))
                .containsExactly("1");
    }

    @Test
    void theFormerAddressIsToldAlsoWhenTheChangeWasQuicker() {
        // Given
        browser = signedIn();
        await(wish(NEW, AccountsFixture.PASSWORD));
        var change = house.features.texts("select id::text from email_change").get(0);
        await(house.features.send(
                new IssueEmailToken(UUID.fromString(change), new SecretText("quick")), CommandContext.fresh(account)));
        await(confirm("quick"));

        // When
        house.features.deliver();

        // Then
        assertThat(mail.subjects(ADA)).contains("Your e-mail address is about to change");
    }

    @Test
    void aLinkWorksOnceAndNotAfterANewerWish() {
        // Given
        var first = mailedToken();
        var second = mailedToken();
        await(confirm(second));

        // Then
        for (var useless : new String[] {first, second, "made up"}) {
            assertThat(refusal(confirm(useless)).faults())
                    .extracting(FieldError::pointer)
                    .containsExactly("#/token");
        }
    }

    @Test
    void anAddressOfAnotherAccountIsRefused() {
        // Given
        var token = mailedToken();
        house.register(NEW);

        // Then
        assertThat(refusal(confirm(token)).code()).isEqualTo("email-taken");
        assertThat(refusal(wish(NEW.toUpperCase(Locale.ROOT), AccountsFixture.PASSWORD))
                        .code())
                .isEqualTo("email-taken");
        assertThat(await(house.features.query(new FindUser(account))).email()).isEqualTo(ADA);
    }

    @Test
    void onlyWhoKnowsThePasswordWishes() {
        assertThat(refusal(wish(NEW, "wrong")).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/password");
        assertThat(refusal(wish("Ada@Example.org", AccountsFixture.PASSWORD)).faults())
                .extracting(FieldError::code)
                .containsExactly("unchanged");
        assertThat(house.count("email_change")).isZero();
    }

    @Test
    void aNewPasswordTakesTheWishBack() {
        // Given
        var token = mailedToken();
        var body = "{\"oldPassword\":\"" + AccountsFixture.PASSWORD + "\",\"password\":\"a quite new sentence\"}";

        // When
        await(call("PUT", "/api/me/password", body, signedIn()));

        // Then
        assertThat(refusal(confirm(token)).kind()).isEqualTo(Problem.Kind.INVALID);
    }

    @Test
    void anotherProofOfTheAddressIsMailedToWhoNeedsOne() {
        // When
        for (var email : new String[] {ADA, "eve@example.org"}) {
            var reply = await(call("POST", "/api/auth/verify-email/resend", "{\"email\":\"" + email + "\"}"));
            assertThat(reply.status()).isEqualTo(204);
        }
        house.features.deliver();
        await(call("POST", "/api/auth/verify-email", "{\"token\":\"" + mail.token(ADA, "verify-email") + "\"}"));
        await(call("POST", "/api/auth/verify-email/resend", "{\"email\":\"" + ADA + "\"}"));
        house.features.deliver();

        // Then
        assertThat(mail.subjects(ADA)).containsExactly("Welcome to Skelly", "Confirm your e-mail address");
        assertThat(await(house.features.query(new FindUser(account))).verified())
                .isTrue();
        assertThat(mail.subjects("eve@example.org")).isEmpty();
    }
}
