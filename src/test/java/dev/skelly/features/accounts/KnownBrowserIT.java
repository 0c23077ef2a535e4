package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AuthConfig;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.login.DeviceTable;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A browser in which the password was right before gets in beside a guesser at the very same address (E-13). */
class KnownBrowserIT extends WithAccountsFixture {

    KnownBrowserIT() {
        super(new AccountsFixture(
                AuthConfig.DEFAULT,
                Optional.empty(),
                new RateLimiter(RateLimitConfig.DEFAULT),
                AccountsFixture.cheap()));
    }

    private Future<Response> loginWith(String device, String password) {
        var body = "{\"email\":\"" + ADA + "\",\"password\":\"" + password + "\"}";
        return house.features.call(
                "POST", "/api/auth/login", TestRequest.of(body).carrying("device", device));
    }

    private static String device(Response reply) {
        return reply.cookies().stream()
                .filter(cookie -> cookie.name().equals("device"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void guessingLocksTheGuesserOutAndNotTheBrowserThatIsKnown() {
        // Given
        var laptop = device(await(house.login(ADA, AccountsFixture.PASSWORD)));
        for (var n = 0; n < 5; n++) {
            assertThat(refusal(house.login(ADA, "guess " + n)).kind()).isEqualTo(Problem.Kind.UNAUTHENTICATED);
        }

        // When
        var guesser = refusal(house.login(ADA, "another guess"));
        var forger = refusal(loginWith("x".repeat(43), AccountsFixture.PASSWORD));
        var known = await(loginWith(laptop, AccountsFixture.PASSWORD));

        // Then
        assertThat(guesser.kind()).isEqualTo(Problem.Kind.TOO_MANY);
        assertThat(forger.kind()).isEqualTo(Problem.Kind.TOO_MANY);
        assertThat(known.status()).isEqualTo(200);
        assertThat(device(known)).isEqualTo(laptop);
        assertThat(house.features.texts("select times::text from audit where act = 'user.sign-in-failed'"))
                .containsExactly("5");
    }

    @Test
    void onlyTheNewestBrowsersAreRemembered() {
        // When
        for (var n = 0; n < DeviceTable.KEPT_MAX + 3; n++) {
            house.clock.pass(Duration.ofSeconds(1));
            await(house.login(ADA, AccountsFixture.PASSWORD));
        }

        // Then
        assertThat(house.count("device")).isEqualTo(DeviceTable.KEPT_MAX);
    }
}
