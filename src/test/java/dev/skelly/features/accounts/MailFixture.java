package dev.skelly.features.accounts;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.skelly.mail.MailConfig;
import dev.skelly.mail.MailSender;
import io.vertx.core.Vertx;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A real mail server, and what arrived there. */
final class MailFixture implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("#([a-z-]+)=([A-Za-z0-9_-]{43})\\s");

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final Vertx vertx = Vertx.vertx();

    MailFixture() {
        server.start();
    }

    /** Sends here. */
    MailSender postbox() {
        var config = new MailConfig(
                "smtp://127.0.0.1:" + server.getSmtp().getPort(),
                "Skelly <skelly@example.com>",
                Duration.ofSeconds(5),
                MailConfig.StartTls.OFF);
        return MailSender.of(vertx, config, Path.of("unused"));
    }

    /** Subjects of the letters to an address, in the order of their arrival. */
    List<String> subjects(String to) {
        return letters(to).stream().map(MailFixture::subject).toList();
    }

    /** The token in the link of the newest letter to an address. */
    String token(String to, String purpose) {
        var letters = letters(to);
        var found = TOKEN.matcher(text(letters.get(letters.size() - 1)) + " ");
        if (!found.find() || !found.group(1).equals(purpose)) {
            throw new AssertionError("the newest letter has no link of this purpose");
        }
        return found.group(2);
    }

    private List<MimeMessage> letters(String to) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(letter -> receiver(letter).equals(to))
                .toList();
    }

    private static String receiver(MimeMessage letter) {
        try {
            return letter.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(MimeMessage letter) {
        try {
            return letter.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage letter) {
        try {
            return String.valueOf(
                    ((MimeMultipart) letter.getContent()).getBodyPart(0).getContent());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
        vertx.close().onFailure(failure -> {
            throw new IllegalStateException(failure);
        });
    }
}
