package dev.skelly.config;

/** What keeps a process from starting although its settings can be read: one sentence that names what was found and what was expected. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Carries no stack trace: it is an answer to whoever starts the process, not an accident. */
    public StartFailure(String sentence) {
        super(sentence, null, false, false);
    }
}
