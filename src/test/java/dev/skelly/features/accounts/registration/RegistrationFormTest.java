package dev.skelly.features.accounts.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.event.Json;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "a@localhost", "O'Hara+news_1@mail.example.org", "x@1.2"})
    void anOrdinaryAddressIsOne(String text) {
        assertThat(EmailAddress.parse(text)).map(EmailAddress::text).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@@example.org",
                ".ada@example.org",
                "a..b@example.org",
                "ada@-example.org",
                "ada@example..org",
                "ada@example.org\r\nBcc: eve@example.org",
                "ada@example.org,eve@example.org",
                "\"ada\"@example.org",
                "ada@exämple.org",
                "ada\0@example.org",
                " ada@example.org",
                "12345678901234567890123456789012345678901234567890123456789012345@example.org"
            })
    void anythingElseIsNone(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void anAddressOfMoreThanTheLongestLengthIsNone() {
        // Given
        var domain = ("a".repeat(60) + ".").repeat(4);

        // Then
        assertThat(EmailAddress.parse("12345678@" + domain + "b")).isPresent();
        assertThat(EmailAddress.parse("1234567890@" + domain + "b")).isEmpty();
    }

    @Test
    void everySpellingOfAnAddressHasOneKey() {
        assertThat(new EmailAddress("ADA@Example.ORG").key()).isEqualTo(new EmailAddress("ada@example.org").key());
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        // When
        var problem = catchThrowableOfType(Problem.class, () -> new RegistrationForm("ada", "correct horse", " \t"));

        // Then
        assertThat(problem.faults()).extracting(FieldError::pointer).containsExactly("#/email", "#/name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'email':'ada','name':'\u200b','password':'xqzxqzxqz'} | #/email #/name | repeated",
                "{'email':7,'name':'Zuiderzee','password':'zuiderzee'} | #/email | own",
                "{'email':'zuiderzee','name':'Zuiderzee','password':'zuiderzee'} | #/email #/name | ``",
                "{'email':'ada@example.org','password':'short'} | #/password | ``",
                "{'email':'ada@example.org','password':7} | #/password | ``",
                "{'email':'ada@example.org'} | `` | ``",
                "['password'] | `` | ``"
            })
    void theRulesOfPasswordsAreCheckedBesideTheSchema(String body, String faulty, String codes) throws IOException {
        // Given
        var faults = new ArrayList<FieldError>();
        words(faulty).forEach(pointer -> faults.add(new FieldError(pointer, "of-schema", "must be right")));

        // When
        RegistrationForm.check(Json.mapper().readTree(body.replace('\'', '"')), faults);

        // Then
        assertThat(faults)
                .extracting(FieldError::code)
                .filteredOn(code -> !code.equals("of-schema"))
                .containsExactlyElementsOf(words(codes));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    @Test
    void neitherAddressNorPasswordIsShown() {
        // Given
        var registration = new RegistrationForm("ada@example.org", "correct horse", "Ada");

        // Then
        assertThat(registration.toString()).doesNotContain("ada", "horse", "Ada");
        assertThat(new SecretText("s3cret").toString()).doesNotContain("s3cret");
    }
}
