package dev.skelly.mail;

/** Thrown when the mail server rejects a mail permanently. */
public final class MailRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception for an SMTP reply code (RFC 5321 section 4.2). */
    public MailRejectedException(int replyCode) {
        super("the mail server rejected the receiver with " + replyCode, null, false, false);
    }
}
