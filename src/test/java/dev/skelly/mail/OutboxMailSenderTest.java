package dev.skelly.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class OutboxMailSenderTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final UUID ZOE = new UUID(9, 9);

    @TempDir
    private Path data;

    @Test
    void aLetterIsWrittenAsAMailFileAndAWebPage(Vertx vertx) throws Exception {
        // Given
        var letter = letter("Willkommen, Zoë 🎉, im Haus der vielen Ereignisse, in dem nichts verloren geht");

        // When
        MailSender.of(vertx, MailConfig.DEFAULT, data).send(letter).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThat(files())
                .containsExactly(
                        "20261123T120000Z-" + letter.id() + "-" + ZOE + ".eml",
                        "20261123T120000Z-" + letter.id() + "-" + ZOE + ".html");
        var mail = read(files().get(0));
        assertThat(mail.getSubject()).isEqualTo(letter.subject());
        assertThat(mail.getMessageID()).isEqualTo("<" + letter.id() + "@localhost>");
        assertThat(mail.getSentDate()).isEqualTo(NOON);
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Grüße\r\nSkelly");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Grüße</p>");
    }

    @Test
    void theSameLetterSentTwiceIsOneFile(Vertx vertx) throws Exception {
        // Given
        var postbox = MailSender.of(vertx, MailConfig.DEFAULT, data);

        // When
        postbox.send(letter("Welcome"))
                .compose(sent -> postbox.send(letter("Welcome")))
                .await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThat(files()).hasSize(2);
    }

    @Test
    void lettersToAPersonAreForgottenWholeAndHalfWrittenAndNoOthers(Vertx vertx) throws Exception {
        // Given
        var postbox = MailSender.of(vertx, MailConfig.DEFAULT, data);
        var other = new Email(new UUID(7, 8), new UUID(9, 8), NOON, "ada@example.org", "Hello", "text", "html");
        postbox.send(letter("Welcome"))
                .compose(sent -> postbox.send(other))
                .await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
        var half = Files.createFile(data.resolve("outbox").resolve(".123-" + ZOE + ".partial"));

        // When
        postbox.forget(ZOE).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThat(files())
                .hasSize(2)
                .allMatch(name -> name.contains(other.person().toString()));
        assertThat(half).doesNotExist();
    }

    @Test
    void whereNoLetterWasWrittenThereIsNothingToForget(Vertx vertx) throws Exception {
        MailSender.of(vertx, MailConfig.DEFAULT, data).forget(ZOE).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static Email letter(String subject) {
        return new Email(new UUID(7, 7), ZOE, NOON, "zoe@example.org", subject, "Grüße\nSkelly", "<p>Grüße</p>");
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(data.resolve("outbox"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private MimeMessage read(String name) throws Exception {
        try (var content = Files.newInputStream(data.resolve("outbox").resolve(name))) {
            return new MimeMessage(null, content);
        }
    }
}
