package dev.skelly.ledger;

/** One property of the records that the checker compares. */
@FunctionalInterface
interface Check {

    /** Writes what it finds into {@code verdict}. */
    void look(History history, Books books, Verdict verdict);
}
