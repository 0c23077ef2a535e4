package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AuthConfig;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.feature.FieldError;
import dev.skelly.features.accounts.password.CommonPasswords;
import dev.skelly.features.accounts.password.PasswordRules;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import java.util.ArrayList;
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
        var inTwo = "u\u0308".repeat(PasswordRules.CHARS_MAX);
        var inOne = "\u00fc".repeat(PasswordRules.CHARS_MAX);

        // When
        var set = await(
                call("POST", "/api/auth/register", "{\"email\":\"eve@example.org\",\"password\":\"" + inTwo + "\"}"));

        // Then
        assertThat(set.status()).isEqualTo(201);
        assertThat(await(house.login("eve@example.org", inOne)).status()).isEqualTo(200);
        assertThat(await(house.login("eve@example.org", inTwo)).status()).isEqualTo(200);
    }

    @Test
    void lengthsAreOfComposedCharacters() {
        for (var wrong :
                List.of("u\u0308".repeat(PasswordRules.CHARS_MIN - 1), "\u00fc".repeat(PasswordRules.CHARS_MAX + 1))) {
            var faults = new ArrayList<FieldError>();
            PasswordRules.check(wrong, faults);
            assertThat(faults).extracting(FieldError::code).containsExactly("length");
        }
    }

    @Test
    void theThreeThousandMostUsedAreRefusedInAnyCase() {
        assertThat(CommonPasswords.size()).isEqualTo(3_000);
        for (var common : List.of("password", "PassWord1", "1q2w3e4r", "TRUSTNO1")) {
            var faults = new ArrayList<FieldError>();
            PasswordRules.check(common, faults);
            assertThat(faults).extracting(FieldError::code).containsExactly("common");
        }
    }

    @Test
    void aSentenceIsFine() {
        var faults = new ArrayList<FieldError>();
        PasswordRules.check(AccountsFixture.PASSWORD, faults);
        assertThat(faults).isEmpty();
    }
}
