package dev.skelly.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.skelly.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.junit5.VertxExtension;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against a real SMTP server. */
@ExtendWith(VertxExtension.class)
class SmtpMailSenderIT {

    private static final Email LETTER = new Email(
            new UUID(7, 7),
            new UUID(9, 9),
            Instant.parse("2026-11-23T12:00:00Z"),
            "zoe@example.org",
            "Willkommen, Zoë",
            "Grüße\n.\nSkelly",
            "<p>Grüße</p>");

    private Vertx vertx;
    private GreenMail mail;

    @BeforeEach
    void start(Vertx given) {
        vertx = given;
        mail = new GreenMail(new ServerSetup[] {ServerSetup.SMTP.dynamicPort(), ServerSetup.SMTPS.dynamicPort()});
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void aLetterArrivesAsTextAndHtmlUnderItsOwnMessageId() throws Exception {
        // When
        send(url("smtp", "")).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        var received = mail.getReceivedMessages();
        assertThat(received).hasSize(1);
        assertThat(received[0].getSubject()).isEqualTo("Willkommen, Zoë");
        assertThat(received[0].getHeader("Message-ID")).containsExactly("<" + LETTER.id() + "@example.com>");
        assertThat(received[0].getHeader("Date")).hasSize(1);
        assertThat(received[0].getSentDate()).isEqualTo(LETTER.time());
        assertThat(received[0].getAllRecipients()).extracting(Object::toString).containsExactly("zoe@example.org");
        var parts = (MimeMultipart) received[0].getContent();
        assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("Grüße\r\n.\r\nSkelly");
        assertThat(parts.getBodyPart(1).getContent().toString().strip()).isEqualTo("<p>Grüße</p>");
    }

    @Test
    void credentialsAreUsed() throws Exception {
        // Given
        mail.getUserManager().setAuthRequired(true);
        mail.setUser("skelly@example.com", "skelly", "s:cret");

        // When
        send(url("smtp", "skelly:s%3Acret@")).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void wrongCredentialsAreWorthAnotherTry() {
        // Given
        mail.getUserManager().setAuthRequired(true);

        // Then
        assertThatThrownBy(() -> send(url("smtp", "skelly:wrong@")).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isNotInstanceOf(MailRejectedException.class);
    }

    @Test
    void aReceiverThatTheServerRefusesForGoodIsUndeliverable() throws Exception {
        // Given
        var server = vertx.createNetServer()
                .connectHandler(client -> refuseReceivers(client, "550 no such mailbox"))
                .listen(0, "127.0.0.1")
                .await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThatThrownBy(() -> send("smtp://127.0.0.1:" + server.actualPort())
                        .await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(MailRejectedException.class);
    }

    @Test
    void whatTheServerSaysOfAReceiverIsNotRepeated() throws Exception {
        // Given
        var server = vertx.createNetServer()
                .connectHandler(client -> refuseReceivers(client, "451 zoe@example.org, come back later"))
                .listen(0, "127.0.0.1")
                .await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThatThrownBy(() -> send("smtp://127.0.0.1:" + server.actualPort())
                        .await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasMessageContaining("451")
                .hasMessageNotContaining("zoe")
                .hasNoCause();
    }

    @Test
    void aServerWithACertificateOfNobodyWeTrustGetsNothing() {
        // When
        var url = "smtps://127.0.0.1:" + mail.getSmtps().getPort();

        // Then
        assertThatThrownBy(() -> send(url).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(javax.net.ssl.SSLHandshakeException.class);
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsAwayFailsTheLetter() {
        // Given
        var url = url("smtp", "");
        mail.stop();

        // Then
        assertThatThrownBy(() -> send(url).await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(java.net.ConnectException.class);
    }

    private Future<Void> send(String url) {
        var config =
                new MailConfig(url, "Skelly <skelly@example.com>", Duration.ofSeconds(5), MailConfig.StartTls.AUTO);
        return MailSender.of(vertx, config, java.nio.file.Path.of("unused")).send(LETTER);
    }

    private static void refuseReceivers(NetSocket client, String refusal) {
        client.handler(RecordParser.newDelimited("\r\n", line -> answer(client, line.toString(), refusal)));
        client.write("220 ready\r\n");
    }

    private static void answer(NetSocket client, String line, String refusal) {
        client.write(line.startsWith("RCPT") ? refusal + "\r\n" : "250 ok\r\n");
    }

    private String url(String scheme, String credentials) {
        return scheme + "://" + credentials + "127.0.0.1:" + mail.getSmtp().getPort();
    }
}
