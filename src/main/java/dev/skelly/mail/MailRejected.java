package dev.skelly.mail;

/** The mail server refuses this letter for good. */
public final class MailRejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Refused with this SMTP reply code (RFC 5321 section 4.2). */
    public MailRejected(int replyCode) {
        super("the mail server refused the receiver with " + replyCode, null, false, false);
    }
}
