package dev.skelly.mail;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Sends mails over SMTP (RFC 5321). Completes when the server has accepted the mail. */
final class SmtpMailSender implements MailSender {

    private static final int CONNECTIONS_MAX = 4;
    private static final int KEEP_ALIVE_SECONDS = 10;

    /** Mailbox unknown, not local, malformed name, domain accepts no mail (RFC 5321 section 4.2.3, RFC 7504). */
    private static final Set<Integer> REFUSED_FOR_GOOD = Set.of(550, 551, 553, 556);

    private final MailClient client;
    private final MailConfig config;

    SmtpMailSender(Vertx vertx, MailConfig config, SmtpAddress server) {
        this.config = config;
        this.client = MailClient.create(vertx, options(config, server));
    }

    private static io.vertx.ext.mail.MailConfig options(MailConfig config, SmtpAddress server) {
        var timeoutMillis = Math.toIntExact(config.timeout().toMillis());
        var options = new io.vertx.ext.mail.MailConfig()
                .setHostname(server.host())
                .setPort(server.port())
                .setSsl(server.encrypted())
                .setStarttls(starttls(config, server))
                .setLogin(server.user() == null ? LoginOption.DISABLED : LoginOption.REQUIRED)
                .setOwnHostname(config.domain())
                .setMaxPoolSize(CONNECTIONS_MAX)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setKeepAliveTimeoutUnit(TimeUnit.SECONDS)
                .setConnectTimeout(timeoutMillis)
                .setIdleTimeout(timeoutMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHostnameVerificationAlgorithm("HTTPS");
        return server.user() == null
                ? options
                : options.setUsername(server.user()).setPassword(server.password());
    }

    private static StartTLSOptions starttls(MailConfig config, SmtpAddress server) {
        if (server.encrypted()) {
            return StartTLSOptions.DISABLED;
        }
        return switch (config.starttls()) {
            case REQUIRED -> StartTLSOptions.REQUIRED;
            case OFF -> StartTLSOptions.DISABLED;
            case AUTO -> server.user() == null || server.local() ? StartTLSOptions.OPTIONAL : StartTLSOptions.REQUIRED;
        };
    }

    @Override
    public Future<Void> send(Email letter) {
        return client.sendMail(message(letter))
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(explain(failure)));
    }

    private MailMessage message(Email letter) {
        return new MailMessage()
                .setFrom(config.from())
                .setTo(letter.to())
                .setSubject(letter.subject())
                .setText(letter.text())
                .setHtml(letter.html())
                .addHeader("Message-ID", config.messageId(letter))
                .addHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                letter.time().atOffset(ZoneOffset.UTC)))
                .addHeader("Auto-Submitted", "auto-generated");
    }

    /** A server's rejection without its text, which quotes the receiver's address and would be stored with the attempt. */
    private static final class RefusedMail extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedMail(int replyCode) {
            super("the mail server rejected the mail with " + replyCode, null, false, false);
        }
    }

    private static Throwable explain(Throwable failure) {
        if (!(failure instanceof SMTPException refusal)) {
            return failure;
        }
        var code = refusal.getReplyCode();
        var receiver = String.valueOf(refusal.getMessage()).startsWith("recipient address");
        return receiver && REFUSED_FOR_GOOD.contains(code) ? new MailRejectedException(code) : new RefusedMail(code);
    }

    @Override
    public Future<?> undeploy(Context context) {
        return client.close();
    }
}
