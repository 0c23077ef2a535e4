package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.session.RefreshToken;
import dev.skelly.features.accounts.session.SessionTable;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionsIT extends WithAccountsFixture {

    @Test
    void signingInAnswersWithATokenAndThreeCookies() {
        // When
        var reply = signIn();

        // Then
        assertThat(house.features.body(reply))
                .containsOnlyKeys("accessToken", "tokenType", "expiresIn", "user", "position")
                .containsEntry("tokenType", "Bearer")
                .containsEntry("expiresIn", 600);
        assertThat(reply.cookies())
                .extracting(Response.Cookie::name, Response.Cookie::path, Response.Cookie::life)
                .containsExactly(
                        tuple("refresh", "/api/auth", Duration.ofDays(14)),
                        tuple("session", "/api", Duration.ofDays(14)),
                        tuple("device", "/api/auth", Duration.ofDays(365)));
        assertThat(house.features.events(account)).containsExactly("user.registered", "user.logged-in");
    }

    @Test
    void anUnknownAddressAndAWrongPasswordGetTheSameWords() {
        // When
        var wrongPassword = refusal(house.login(ADA, "wrong horse"));
        var unknownAddress = refusal(house.login("eve@example.org", "wrong horse"));
        house.features.execute("update account set disabled = true");
        var disabled = refusal(house.login(ADA, AccountsFixture.PASSWORD));

        // Then
        for (var problem : List.of(unknownAddress, disabled)) {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
            assertThat(problem.code()).isEqualTo(wrongPassword.code());
            assertThat(problem.detail()).isEqualTo(wrongPassword.detail());
        }
        assertThat(house.count("session")).isZero();
    }

    @Test
    void aHashOfFormerParametersIsMadeAnewWithTheNextSignIn() {
        // Given
        var former = Password.hash(AccountsFixture.PASSWORD)
                .addSalt("salt of 16 bytes")
                .with(Argon2Function.getInstance(2_048, 1, 1, 32, Argon2.ID))
                .getResult();
        house.features.execute("update account set password_hash = '" + former + "'");

        // When
        signIn();
        signIn();

        // Then
        assertThat(house.features.texts("select password_hash from account"))
                .singleElement()
                .asString()
                .contains("m=1024,t=1");
    }

    @Test
    void signingOutEndsTheSignInOnceAndRemovesTheCookies() {
        // Given
        var token = AccountsFixture.refreshToken(signIn());
        var session = RefreshToken.parse(token).orElseThrow().session();
        var request = TestRequest.of("").by(house.principal(account, session));

        // When
        var reply = await(house.features.call("POST", "/api/auth/logout", request));
        await(house.features.call("POST", "/api/auth/logout", request));

        // Then
        assertThat(reply.cookies()).extracting(Response.Cookie::life).containsOnly(Duration.ZERO);
        assertThat(refusal(house.refresh(token)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(house.features.texts("select data->>'sessionId' from event where type = 'user.logged-out'"))
                .containsExactly(session.toString());
    }

    @Test
    void theCookieAloneIsEnoughToSignOut() {
        // Given
        var token = AccountsFixture.refreshToken(signIn());

        // When
        await(house.features.call("POST", "/api/auth/logout", TestRequest.of("").carrying("refresh", token)));

        // Then
        assertThat(house.features.events(account)).endsWith("user.logged-out");
    }

    @Test
    void nobodySignsOutWithoutHarm() {
        assertThat(await(house.features.call("POST", "/api/auth/logout", TestRequest.of("")))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aPersonSeesAndEndsTheirOwnSignInsOnly() {
        // Given
        var here = RefreshToken.parse(AccountsFixture.refreshToken(signIn()))
                .orElseThrow()
                .session();
        var there = RefreshToken.parse(AccountsFixture.refreshToken(signIn()))
                .orElseThrow()
                .session();
        var eve = house.register("eve@example.org");

        // When
        var refused = refusal(end(eve, here, there));
        var ended = await(end(account, here, there));
        var listed = house.features.body(await(house.features.call(
                "GET", "/api/auth/sessions", TestRequest.of("").by(house.principal(account, here)))));

        // Then
        assertThat(refused.kind()).isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(ended.status()).isEqualTo(204);
        assertThat(listed).containsEntry("current", here.toString());
        assertThat(String.valueOf(listed.get("items")))
                .contains(here.toString(), "192.0.2.7")
                .doesNotContain(there.toString());
    }

    private Future<Response> end(UUID who, UUID from, UUID session) {
        var request = TestRequest.of("").by(house.principal(who, from)).at("id", session.toString());
        return house.features.call("DELETE", "/api/auth/sessions/{id}", request);
    }

    @Test
    void allSignInsEndAtOnce() {
        // Given
        var here = signedIn();
        var there = AccountsFixture.refreshToken(signIn());

        // When
        var reply = await(call("DELETE", "/api/auth/sessions", "", here));

        // Then
        assertThat(reply.cookies()).extracting(Response.Cookie::name).containsExactly("refresh", "session");
        assertThat(refusal(house.refresh(there)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(house.features.texts("select count(*) from rights_change where session is not null"))
                .containsExactly("2");
        assertThat(house.features.events(account)).endsWith("user.logged-out", "user.logged-out");
    }

    @Test
    void theLongestUnusedSignInMakesRoom() {
        // Given
        var oldest = RefreshToken.parse(AccountsFixture.refreshToken(signIn())).orElseThrow();
        for (var n = 1; n < SessionTable.LIVE_MAX; n++) {
            house.clock.pass(Duration.ofSeconds(1));
            signIn();
        }
        var before = house.features.events(account);

        // When
        house.clock.pass(Duration.ofSeconds(1));
        signIn();

        // Then
        assertThat(before).doesNotContain("user.logged-out");
        assertThat(house.count("session")).isEqualTo(SessionTable.LIVE_MAX);
        assertThat(house.features.texts("select data->>'sessionId' from event where type = 'user.logged-out'"))
                .containsExactly(oldest.session().toString());
    }

    @CanIgnoreReturnValue
    private Response signIn() {
        return await(house.login(ADA, AccountsFixture.PASSWORD));
    }
}
