package dev.skelly.features.accounts.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Json;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import org.junit.jupiter.api.Test;

class PreferencesTest {

    @Test
    void anyOrdinaryObjectPasses() throws Exception {
        // Given
        var text = "{\"a\":{\"b\":[1,-2.5e10,true,null,\"ü\"]},\"c/d\":\"\"}";

        // Then
        assertThat(Json.mapper().readTree(Preferences.of(object(text)).json()))
                .isEqualTo(Json.mapper().readTree(text));
    }

    @Test
    void everythingThatTheDatabaseWouldRefuseIsNamed() throws Exception {
        // Given
        var object = object("{\"a/b\":[\"x\\u0000\"],\"n\":1e100000,\"\\u0000\":1,\"m\":{\"n\":1e-100000}}");

        // When
        var problem = catchThrowableOfType(Problem.class, () -> Preferences.of(object));

        // Then
        assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(problem.faults()).extracting(FieldError::pointer).containsExactly("#/a~1b/0", "#/n", "#", "#/m/n");
    }

    @Test
    void moreThanSixteenKibibytesAreTooMuch() throws Exception {
        // Given
        var most = object("{\"a\":\"" + "x".repeat(Preferences.BYTES_MAX - 8) + "\"}");
        var more = object("{\"a\":\"" + "x".repeat(Preferences.BYTES_MAX - 7) + "\"}");
        var moreBytesThanCharacters = object("{\"a\":\"" + "ü".repeat(Preferences.BYTES_MAX / 2) + "\"}");

        // Then
        assertThat(Preferences.of(most).json()).hasSize(Preferences.BYTES_MAX);
        for (var tooMuch : new ObjectNode[] {more, moreBytesThanCharacters}) {
            assertThat(catchThrowableOfType(Problem.class, () -> Preferences.of(tooMuch))
                            .kind())
                    .isEqualTo(Problem.Kind.TOO_LARGE);
        }
    }

    @Test
    void moreThanSixtyFourFieldsAreTooMany() {
        // Given
        var object = Json.mapper().createObjectNode();
        for (var n = 0; n <= Preferences.FIELDS_MAX; n++) {
            object.put("field" + n, n);
        }

        // Then
        assertThat(catchThrowableOfType(Problem.class, () -> Preferences.of(object))
                        .kind())
                .isEqualTo(Problem.Kind.INVALID);
    }

    @Test
    void whatNotificationsFollowHasAForm() throws Exception {
        // Given
        var wrong = object("{\"language\":\"x\",\"timeZone\":\"Mars\",\"notifications\":"
                + "{\"A b\":{},\"c\":7,\"d\":{\"sms\":true,\"mail\":1}}}");
        var right =
                "{\"language\":\"pt-BR\",\"timeZone\":\"Europe/Berlin\",\"notifications\":{\"d\":{\"mail\":false}}}";

        // When
        var problem = catchThrowableOfType(Problem.class, () -> Preferences.of(wrong));
        var choices = NoticeChoices.of(Preferences.of(object(right)).json());

        // Then
        assertThat(problem.faults())
                .extracting(FieldError::pointer)
                .containsExactly(
                        "#/language",
                        "#/timeZone",
                        "#/notifications/A b",
                        "#/notifications/c",
                        "#/notifications/d",
                        "#/notifications/d/mail");
        assertThat(choices.takes("d", "mail")).isFalse();
        assertThat(choices.takes("d", "inApp") && choices.takes("e", "mail")).isTrue();
        assertThat(NoticeChoices.of("{\"notifications\":false}").takes("e", "mail"))
                .isFalse();
        assertThat(NoticeChoices.of("{\"language\":7,\"timeZone\":[],\"notifications\":8}")
                        .on())
                .isTrue();
    }

    private static ObjectNode object(String text) throws JsonProcessingException {
        return (ObjectNode) Json.mapper().readTree(text);
    }
}
