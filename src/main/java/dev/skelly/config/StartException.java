package dev.skelly.config;

/** Thrown when a process cannot start although its settings are valid. The message is one sentence with what was found and what was expected. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Has no stack trace, because the message alone is shown. Passwords of URLs in it are masked. */
    public StartException(String sentence) {
        super(SecretMasking.sentence(sentence), null, false, false);
    }
}
