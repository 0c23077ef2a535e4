package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AuthConfig;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.session.RefreshToken;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefreshIT extends WithAccountsFixture {

    private static final Duration GRACE = AuthConfig.DEFAULT.refreshGrace();
    private static final int AT_ONCE = 50;

    @Test
    void eachRefreshGivesAnotherTokenAndTheSameSignIn() {
        // Given
        var first = AccountsFixture.refreshToken(signIn());

        // When
        var second = AccountsFixture.refreshToken(await(house.refresh(first)));
        var third = AccountsFixture.refreshToken(await(house.refresh(second)));

        // Then
        assertThat(Set.of(first, second, third)).hasSize(3);
        assertThat(house.count("session")).isEqualTo(1);
    }

    @Test
    void fiftyUsesOfOneTokenAtOnceAllGetTheOneSuccessor() {
        // Given
        var token = AccountsFixture.refreshToken(signIn());

        // When
        var answers =
                IntStream.range(0, AT_ONCE).mapToObj(n -> house.refresh(token)).toList();
        var successors = answers.stream()
                .map(answer -> AccountsFixture.refreshToken(await(answer)))
                .collect(Collectors.toSet());

        // Then
        assertThat(successors).hasSize(1).doesNotContain(token);
        assertThat(house.features.events(account)).doesNotContain("user.session-revoked");
        assertThat(await(house.refresh(successors.iterator().next())).status()).isEqualTo(200);
    }

    @Test
    void anAnswerThatGotLostIsGivenAgain() {
        // Given
        var token = AccountsFixture.refreshToken(signIn());
        var lost = AccountsFixture.refreshToken(await(house.refresh(token)));
        house.clock.pass(GRACE);

        // When
        var again = AccountsFixture.refreshToken(await(house.refresh(token)));

        // Then
        assertThat(again).isEqualTo(lost);
    }

    private Future<Response> refreshBy(String agent, String token) {
        return house.features.call(
                "POST",
                "/api/auth/refresh",
                TestRequest.of("{\"refreshToken\":\"" + token + "\"}").with("User-Agent", agent));
    }

    private String refreshed(Future<Response> reply) {
        return String.valueOf(house.features.body(await(reply)).get("refreshToken"));
    }

    @Test
    void aRepeatOfAnotherClientEndsTheSignInAtOnce() {
        // Given
        var stolen = AccountsFixture.refreshToken(signIn());
        var current = refreshed(refreshBy("Owner/1", stolen));
        var again = refreshed(refreshBy("Owner/1", stolen));

        // When
        var thief = refusal(refreshBy("Thief/1", stolen));

        // Then
        assertThat(again).isEqualTo(current);
        assertThat(thief.code()).isEqualTo("invalid-refresh-token");
        assertThat(refusal(refreshBy("Owner/1", current)).code()).isEqualTo("invalid-refresh-token");
        assertThat(house.features.events(account)).contains("user.session-revoked");
        assertThat(house.features.texts("select times::text from audit where act = 'user.refresh-repeated'"))
                .containsExactly("1");
    }

    @Test
    void theListOfSignInsDoesNotShowTheMomentOfARefresh() {
        // Given
        var login = signIn();
        var token = AccountsFixture.refreshToken(login);
        var me =
                house.principal(account, RefreshToken.parse(token).orElseThrow().session());
        house.clock.pass(Duration.ofMinutes(7));
        token = AccountsFixture.refreshToken(await(house.refresh(token)));
        house.clock.pass(Duration.ofMinutes(5));

        // When: a thief looks before and after a refresh, and after the end of its five minutes
        var before = sessions(me);
        await(house.refresh(token));
        var after = sessions(me);
        house.clock.pass(Duration.ofMinutes(3));
        var later = sessions(me);

        // Then
        assertThat(before).contains("2026-11-23T12:05:00Z").contains("2026-12-07T12:10:00Z");
        assertThat(after).isEqualTo(before);
        assertThat(later).contains("2026-11-23T12:10:00Z").contains("2026-12-07T12:15:00Z");
    }

    private String sessions(Principal caller) {
        return String.valueOf(house.features.body(await(call("GET", "/api/auth/sessions", "", caller))));
    }

    @Test
    void anOldTokenThatComesBackEndsTheSignInForWhoeverHasIt() {
        // Given
        var stolen = AccountsFixture.refreshToken(signIn());
        var current = AccountsFixture.refreshToken(await(house.refresh(stolen)));
        house.clock.pass(GRACE.plusMillis(1));

        // When
        var answers =
                IntStream.range(0, AT_ONCE).mapToObj(n -> house.refresh(stolen)).toList();

        // Then
        assertThat(answers.stream().map(RefreshIT::refusal))
                .extracting(Problem::code)
                .containsOnly("invalid-refresh-token");
        assertThat(refusal(house.refresh(current)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(house.features.events(account))
                .containsExactly("user.registered", "user.logged-in", "user.session-revoked");
    }

    @Test
    void aMadeUpTokenOfAKnownSignInEndsNothing() {
        // Given
        var token = AccountsFixture.refreshToken(signIn());
        var session = RefreshToken.parse(token).orElseThrow().session();
        var forged = RefreshToken.first(session, new SecureRandom());

        // When
        var problem = refusal(house.refresh(forged.text().reveal()));
        var signOut = house.features.call(
                "POST",
                "/api/auth/logout",
                TestRequest.of("").carrying("refresh", forged.text().reveal()));

        // Then
        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(await(signOut).status()).isEqualTo(204);
        assertThat(await(house.refresh(token)).status()).isEqualTo(200);
    }

    @Test
    void aProgramWithoutCookiesSendsTheTokenInTheBody() {
        // Given
        var token = AccountsFixture.refreshToken(signIn());

        // When
        var reply = house.features.call(
                "POST", "/api/auth/refresh", TestRequest.of("{\"refreshToken\":\"" + token + "\"}"));

        // Then
        assertThat(await(reply).status()).isEqualTo(200);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        assertThat(refusal(house.refresh("no token")).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(refusal(house.features.call("POST", "/api/auth/refresh", TestRequest.of("{}")))
                        .kind())
                .isEqualTo(Problem.Kind.UNAUTHENTICATED);
    }

    @Test
    void aDisabledAccountDoesNotGoOn() {
        // Given
        var token = AccountsFixture.refreshToken(signIn());
        house.features.execute("update account set disabled = true");

        // Then
        assertThat(refusal(house.refresh(token)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
    }

    private Response signIn() {
        return await(house.login(ADA, AccountsFixture.PASSWORD));
    }

    @Test
    void aClientWithoutCookiesGetsItsTokensInTheBodyAlone() {
        // Given
        house.register("grace@example.org");
        var login = await(house.features.call(
                "POST",
                "/api/auth/login",
                TestRequest.of("{\"email\":\"grace@example.org\",\"password\":\"%s\",\"session\":\"token\"}"
                        .formatted(AccountsFixture.PASSWORD))));

        // When
        var first = String.valueOf(house.features.body(login).get("refreshToken"));
        var answer = await(house.features.call(
                "POST", "/api/auth/refresh", TestRequest.of("{\"refreshToken\":\"%s\"}".formatted(first))));
        var second = house.features.body(answer).get("refreshToken");

        // Then
        assertThat(List.of(login.cookies(), answer.cookies())).allMatch(List::isEmpty);
        assertThat(second).isNotNull().isNotEqualTo(first);
        assertThat(house.features.body(signIn())).doesNotContainKey("refreshToken");
    }
}
