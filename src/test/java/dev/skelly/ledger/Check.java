package dev.skelly.ledger;

/** One property of the event types. */
@FunctionalInterface
interface Check {

    /** Writes what it finds into {@code verdict}. */
    void look(History history, Books books, Verdict verdict);
}
