package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.FieldError;
import dev.skelly.features.accounts.password.IssuePasswordReset;
import dev.skelly.features.accounts.password.PasswordRules;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is stored of passwords, and which may be set (E-10). */
class PasswordRulesIT extends WithAccountsFixture {

    PasswordRulesIT() {
        super(new AccountsFixture(
                AuthConfig.DEFAULT,
                Optional.empty(),
                new RateLimiter(new RateLimitConfig(false, 20, 40, 1)),
                SecurityConfig.DEFAULT));
    }

    @Test
    void theStoredHashIsArgon2idWithTheParametersThatAreShipped() {
        assertThat(house.features.texts("select password_hash from account"))
                .singleElement()
                .asString()
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void noCharacterOfALongPasswordIsLeftOut() {
        // Given
        var longest = "ü".repeat(PasswordRules.CHARS_MAX - 1);
        await(call("POST", "/api/auth/register", "{\"email\":\"eve@example.org\",\"password\":\"" + longest + "x\"}"));

        // Then
        assertThat(refusal(house.login("eve@example.org", longest + "y")).code())
                .isEqualTo("wrong-credentials");
        assertThat(refusal(house.login("eve@example.org", longest.substring(0, 72)))
                        .code())
                .isEqualTo("wrong-credentials");
        assertThat(await(house.login("eve@example.org", longest + "x")).status())
                .isEqualTo(200);
    }

    @Test
    void aLetterAndItsMarkAreOneCharacterWhereverTheyAreTyped() {
        // Given
        var inTwo = "u\u0308".repeat(PasswordRules.CHARS_MAX - 1) + "x";
        var inOne = "\u00fc".repeat(PasswordRules.CHARS_MAX - 1) + "x";

        // When
        var set = await(
                call("POST", "/api/auth/register", "{\"email\":\"eve@example.org\",\"password\":\"" + inTwo + "\"}"));

        // Then
        assertThat(set.status()).isEqualTo(201);
        assertThat(await(house.login("eve@example.org", inOne)).status()).isEqualTo(200);
        assertThat(await(house.login("eve@example.org", inTwo)).status()).isEqualTo(200);
    }

    @Test
    void eachPlaceThatSetsAPasswordKnowsItsAccount() {
        // Given
        house.features.execute("update account set name = 'Lovelace Byron'");
        await(house.features.send(
                new IssuePasswordReset(account, new SecretText("link")), CommandContext.fresh(account)));
        var register = "{\"email\":\"grace.hopper@example.org\",\"name\":\"Amazing\",\"password\":\"%s\"}";
        var change = "{\"oldPassword\":\"" + AccountsFixture.PASSWORD + "\",\"password\":\"%s\"}";
        var reset = "{\"token\":\"link\",\"password\":\"%s\"}";

        // Then
        for (var own : List.of("GraceHopper", "grace.hopper@example.org", "amazing2026", "1906hopper")) {
            assertThat(codes(call("POST", "/api/auth/register", register.formatted(own))))
                    .containsExactly("own");
        }
        for (var own : List.of("lovelace", "Lovelace-Byron1815", "LOVELACE BYRON", "ada@example.org")) {
            assertThat(codes(call("PUT", "/api/me/password", change.formatted(own), signedIn())))
                    .contains("own");
        }
        assertThat(codes(call("POST", "/api/auth/password/reset", reset.formatted("byron1815"))))
                .containsExactly("own");
        assertThat(codes(house.people().create("katherine@example.org", "Katherine1", false)))
                .containsExactly("own");
        assertThat(await(house.login(ADA, AccountsFixture.PASSWORD)).status()).isEqualTo(200);
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        var reset = "{\"token\":\"made up\",\"password\":\"1111111\"}";
        var register = "{\"email\":\"grace\",\"password\":\"abcabcab\",\"name\":\"\"}";

        assertThat(codes(call("POST", "/api/auth/password/reset", reset)))
                .containsExactly("unknown", "length", "repeated");
        assertThat(codes(call("POST", "/api/auth/register", register)))
                .contains("repeated")
                .hasSize(3);
    }

    private static List<String> codes(Future<?> answer) {
        return refusal(answer).faults().stream().map(FieldError::code).toList();
    }
}
