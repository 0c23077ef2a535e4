package dev.skelly.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailConfigTest {

    @Test
    void aServerIsReadWithPercentEncodedCredentials() {
        // When
        var server = SmtpAddress.parse("smtp://ada%40example.org:a%3Ab+c%2F@mail.example.org:2525");

        // Then
        assertThat(server).isEqualTo(new SmtpAddress("mail.example.org", 2525, false, "ada@example.org", "a:b+c/"));
    }

    @Test
    void portsDefaultToThoseOfTheScheme() {
        assertThat(SmtpAddress.parse("smtp://mail.example.org").port()).isEqualTo(25);
        assertThat(SmtpAddress.parse("smtps://mail.example.org").port()).isEqualTo(465);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@mail.example.org",
                "mail.example.org",
                "smtp://user:secret@",
                "smtp://secret@mail.example.org",
                "smtp://user:secret@mail.example.org/inbox",
                "smtp://user:sec ret@mail.example.org"
            })
    void anUnreadableServerIsRefusedWithoutRepeatingItsPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MailConfig(url, "a@b.c", Duration.ofSeconds(1), MailConfig.StartTls.AUTO))
                .withMessageStartingWith("mail.smtp-url: ")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Skelly", "Skelly <skelly@example.org>\r\nBcc: eve@example.org"})
    void aSenderThatIsNoAddressIsRefused(String from) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MailConfig("", from, Duration.ofSeconds(1), MailConfig.StartTls.AUTO))
                .withMessageStartingWith("mail.from: ");
    }

    @Test
    void thePasswordIsNotShown() {
        // Given
        var config = new MailConfig(
                "smtp://user:secret@mail.example.org", "a@b.c", Duration.ofSeconds(1), MailConfig.StartTls.AUTO);

        // Then
        assertThat(config.toString()).doesNotContain("secret").contains("mail.example.org");
    }
}
