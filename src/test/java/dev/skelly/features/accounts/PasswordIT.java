package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AuthConfig;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.mail.MailRequestCommandHandlers;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Setting a new password, with real mail. */
class PasswordIT extends WithAccountsFixture {

    private static final String NEW = "another fine sentence";

    private final MailFixture mail;

    PasswordIT() {
        super(AccountsFixture.mailing());
        this.mail = house.office.orElseThrow();
    }

    private Future<Response> forgot(String email) {
        return call("POST", "/api/auth/password/forgot", "{\"email\":\"" + email + "\"}");
    }

    private Future<Response> reset(String token, String password) {
        return call(
                "POST", "/api/auth/password/reset", "{\"token\":\"" + token + "\",\"password\":\"" + password + "\"}");
    }

    private String mailedToken() {
        await(forgot(ADA));
        house.features.deliver();
        return mail.token(ADA, "reset-password");
    }

    @Test
    void aForgottenPasswordIsSetByTheLinkOfAMailAndEndsEverySignIn() {
        // Given
        var before = AccountsFixture.refreshToken(await(house.login(ADA, AccountsFixture.PASSWORD)));
        var token = mailedToken();

        // When
        var reply = await(reset(token, NEW));
        house.features.deliver();

        // Then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(refusal(house.refresh(before)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(refusal(house.login(ADA, AccountsFixture.PASSWORD)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(await(house.login(ADA, NEW)).status()).isEqualTo(200);
        assertThat(house.features.texts("select count(*) from rights_change where version is not null"))
                .containsExactly("1");
        assertThat(house.features.events(account))
                .contains("user.logged-out", "user.password-changed", "user.verified");
        assertThat(mail.subjects(ADA))
                .containsExactly("Welcome to Skelly", "Set a new password", "Your password was changed");
    }

    @Test
    void anUnknownAddressGetsTheSameAnswerAndNoMail() {
        // When
        var known = await(forgot(ADA));
        var unknown = await(forgot("eve@example.org"));
        house.features.deliver();

        // Then
        assertThat(unknown).isEqualTo(known);
        assertThat(mail.subjects("eve@example.org")).isEmpty();
        assertThat(house.features.texts("select event::text from event")).noneMatch(row -> row.contains("example.org"));
    }

    @Test
    void aLinkWorksOnceAlsoWhenManyUseItAtOnce() {
        // Given
        var token = mailedToken();

        // When
        var answers = IntStream.range(0, 10)
                .mapToObj(n -> reset(token, NEW + n).transform(Future::succeededFuture))
                .toList();

        // Then
        assertThat(answers.stream().filter(answer -> await(answer).succeeded())).hasSize(1);
        assertThat(house.features.events(account).stream().filter("user.password-changed"::equals))
                .hasSize(1);
    }

    @Test
    void aResetMakesEveryOtherLinkUseless() {
        // Given
        var first = mailedToken();
        var second = mailedToken();

        // When
        await(reset(second, NEW));

        // Then
        assertThat(refusal(reset(first, "yet another one")).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/token");
    }

    @Test
    void aLinkEnds() {
        // Given
        var token = mailedToken();
        house.clock.pass(AuthConfig.DEFAULT.resetLife());

        // Then
        assertThat(refusal(reset(token, NEW)).faults())
                .extracting(FieldError::code)
                .containsExactly("unknown");
        assertThat(house.count("password_reset")).isEqualTo(1);
    }

    @Test
    void aStrangerCannotFloodAPerson() {
        // When
        for (var n = 0; n < MailRequestCommandHandlers.AN_HOUR + 3; n++) {
            await(forgot(ADA));
        }
        house.features.deliver();

        // Then
        assertThat(mail.subjects(ADA)).hasSize(1 + MailRequestCommandHandlers.AN_HOUR);
    }

    @Test
    void onlyWhoKnowsTheOldPasswordChangesItAndStaysSignedIn() {
        // Given
        var here = signedIn();
        var there = AccountsFixture.refreshToken(await(house.login(ADA, AccountsFixture.PASSWORD)));
        var body = "{\"oldPassword\":\"%s\",\"password\":\"" + NEW + "\"}";

        // When
        var wrong = refusal(call("PUT", "/api/me/password", body.formatted("wrong"), here));
        var reply = await(call("PUT", "/api/me/password", body.formatted(AccountsFixture.PASSWORD), here));

        // Then
        assertThat(wrong.faults()).extracting(FieldError::pointer).containsExactly("#/oldPassword");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(refusal(house.refresh(there)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(house.features.texts("select id::text from session where revoked_at is null"))
                .containsExactly(here.session().toString());
        assertThat(await(house.login(ADA, NEW)).status()).isEqualTo(200);
    }

    @Test
    void aSignInWithTheOldPasswordDoesNotOutliveAChangeThatRaces() {
        // Given
        var here = signedIn();
        var body = "{\"oldPassword\":\"" + AccountsFixture.PASSWORD + "\",\"password\":\"" + NEW + "\"}";

        // When
        var signIns = IntStream.range(0, 30)
                .mapToObj(n -> house.login(ADA, AccountsFixture.PASSWORD).transform(Future::succeededFuture))
                .toList();
        await(call("PUT", "/api/me/password", body, here));
        signIns.forEach(signIn -> await(signIn));

        // Then
        assertThat(house.features.texts("select id::text from session where revoked_at is null"))
                .containsExactly(here.session().toString());
    }

    @Test
    void aMuchUsedPasswordIsRefusedWhereverOneIsSet() {
        // Given
        var token = mailedToken();
        var here = signedIn();
        var change = "{\"oldPassword\":\"" + AccountsFixture.PASSWORD + "\",\"password\":\"Password1\"}";

        // Then
        for (var problem : List.of(
                refusal(reset(token, "Password1")),
                refusal(call("PUT", "/api/me/password", change, here)),
                refusal(call(
                        "POST", "/api/auth/register", "{\"email\":\"eve@example.org\",\"password\":\"Password1\"}")))) {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
            assertThat(problem.faults())
                    .extracting(FieldError::pointer, FieldError::code)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("#/password", "common"));
        }
    }
}
