package dev.skelly.feature;

import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;

/**
 * Where security acts are noted: sign-ins and failures, changed roles and settings, dead letters acted on, exports, erasures. Time,
 * correlation, address and, where the act names none, the actor are taken from the transaction.
 */
public interface AuditLog {

    /**
     * Notes an act in the transaction that does it: both commit or neither. An erasure is noted before the features erase, so that its own
     * row loses its address with the others.
     */
    Future<Void> note(Tx tx, AuditEntry act);

    /**
     * Notes something that anybody can cause as often as they like, such as a wrong password: what is alike in name, target and address
     * within one minute is one row with a count, and the rows of a minute are bounded. The transaction must commit, so a command that
     * refuses has to answer its refusal instead of failing with it.
     */
    Future<Void> noteOften(Tx tx, AuditEntry act);
}
