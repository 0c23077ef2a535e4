package dev.skelly.mail;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends nothing: the events that ask for mails were copied from another log, or their people do not expect mails of this one. */
final class NoMailSender implements MailSender {

    private static final Logger LOGGER = LoggerFactory.getLogger(NoMailSender.class);

    @Override
    public boolean delivers() {
        return false;
    }

    @Override
    public Future<Void> send(Email letter) {
        LOGGER.atInfo().addKeyValue("mail", letter.id()).log("no mail is sent");
        return Future.succeededFuture();
    }
}
