package dev.skelly.mail;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.UUID;

/** Where letters are handed in. Callable from any context. */
public interface MailSender extends Deployable {

    /**
     * Hands one letter in.
     *
     * @return succeeds when the next one on its way has taken it over; fails with {@link MailRejected} when it never will, with
     *     anything else when trying again later makes sense. After a failure it may still have been sent.
     */
    Future<Void> send(Email letter);

    /**
     * Removes what is kept of letters to a person: those that {@link #send} has taken over and those that it is just taking. Nothing where
     * nothing is kept.
     */
    default Future<Void> forget(UUID person) {
        return Future.succeededFuture();
    }

    /** What the settings ask for: SMTP where a server is set, else the folder {@code outbox} under {@code data}. */
    static MailSender of(Vertx vertx, MailConfig config, Path data) {
        return config.server()
                .<MailSender>map(server -> new SmtpMailSender(vertx, config, server))
                .orElseGet(() -> new OutboxMailSender(vertx, config, data.resolve("outbox")));
    }

    @Override
    default Future<?> deploy(Context context) {
        return Future.succeededFuture();
    }
}
