package dev.skelly.mail;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org\r\nBcc: eve@example.org",
                "ada@example.org,eve@example.org",
                "ada@example.org;eve@example.org",
                "Ada <ada@example.org>",
                "ada@example.org\0",
                "ada @example.org",
                "ada@exa mple.org",
                "ada@@example.org",
                "ada",
                ""
            })
    void anAddressThatSaysMoreThanOneReceiverIsRefused(String to) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> letter(to, "Welcome"))
                .withMessageNotContaining("eve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Welcome\r\nBcc: eve@example.org", "Welcome\n", "Wel\0come"})
    void aSubjectOfMoreThanOneLineIsRefused(String subject) {
        assertThatIllegalArgumentException().isThrownBy(() -> letter("ada@example.org", subject));
    }

    @Test
    void anHonestLetterIsTaken() {
        assertThatNoException().isThrownBy(() -> letter("o'hara+news@mail.example.org", "Willkommen, Zoë"));
    }

    private static Email letter(String to, String subject) {
        return new Email(new UUID(0, 1), new UUID(0, 2), Instant.EPOCH, to, subject, "text", "<p>html</p>");
    }
}
