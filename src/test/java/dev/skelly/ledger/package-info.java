/**
 * The checker: reads what clients wrote down while they worked, and what the log, inbox, dead letters and read models hold in the end, and
 * says whether the two agree.
 *
 * <p>It shares no code with the program, so that a mistake is not made twice: plain JDBC, its own reading of cursors, its own idea of
 * what must hold. {@code java -cp … dev.skelly.ledger.Ledger HISTORY JDBC-URL USER PASSWORD} runs it alone.
 */
@NullMarked
package dev.skelly.ledger;

import org.jspecify.annotations.NullMarked;
