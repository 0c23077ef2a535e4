package dev.skelly.feature;

import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;

/**
 * Records security acts: logins and failed logins, changed roles and settings, actions on dead letters, exports, erasures. Time,
 * correlation, address and, when the entry names none, the actor are taken from the transaction.
 */
public interface AuditLog {

    /**
     * Records an act in the transaction that performs it: both commit or neither. An erasure is recorded before the features erase, so that
     * its own row loses its address with the others.
     */
    Future<Void> note(Tx tx, AuditEntry act);

    /**
     * Records an act that any caller can cause any number of times, such as a wrong password. Entries with the same name, target and
     * address within one minute are one row with a count, and the rows of a minute are bounded. The transaction must commit, so a command
     * that rejects the request must return the rejection as its result instead of failing with it.
     */
    Future<Void> noteOften(Tx tx, AuditEntry act);
}
