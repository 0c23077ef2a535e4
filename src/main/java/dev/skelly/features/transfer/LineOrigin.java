package dev.skelly.features.transfer;

/** Where a line comes from, as its proof says. */
enum LineOrigin {
    /** The proof is right: an export of this log wrote the line, or one with the same master key, and it is unchanged. */
    OWN(""),
    /** The line has no proof. */
    UNPROVED(""),
    /** The proof is of another log, or the line was changed. */
    FOREIGN("proof is not of this log or of its master keys, or the line was changed"),
    /** The proof has another form. */
    MALFORMED("proof must be 43 characters of base64url");

    private final String fault;

    LineOrigin(String fault) {
        this.fault = fault;
    }

    /** Returns what is wrong with the proof; empty when nothing is. */
    String fault() {
        return fault;
    }
}
