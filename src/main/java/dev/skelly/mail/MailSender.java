package dev.skelly.mail;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.UUID;

/** Sends mails. Callable from any context. */
public interface MailSender extends Deployable {

    /**
     * Sends a mail.
     *
     * @return succeeds when the next server has accepted the mail; fails with {@link MailRejectedException} when it never will, with
     *     anything else when a retry makes sense. After a failure the mail may still have been sent.
     */
    Future<Void> send(Email letter);

    /** Tells whether mails reach people, not only a folder of this machine. */
    default boolean delivers() {
        return true;
    }

    /**
     * Deletes the stored mails to a person: those that {@link #send} has accepted, and those that it is accepting. Does nothing where no mails are
     * stored.
     */
    default Future<Void> forget(UUID person) {
        return Future.succeededFuture();
    }

    /** Creates the configured sender: SMTP when a server is set, otherwise the folder {@code outbox} under {@code data}. */
    static MailSender of(Vertx vertx, MailConfig config, Path data) {
        return config.server()
                .<MailSender>map(server -> new SmtpMailSender(vertx, config, server))
                .orElseGet(() -> new OutboxMailSender(vertx, config, data.resolve("outbox")));
    }

    /** Creates a sender that sends and stores nothing, and logs the id of each mail: for nodes over copies of a log. */
    static MailSender none() {
        return new NoMailSender();
    }

    @Override
    default Future<?> deploy(Context context) {
        return Future.succeededFuture();
    }
}
