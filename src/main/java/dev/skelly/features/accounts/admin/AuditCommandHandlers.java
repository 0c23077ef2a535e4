package dev.skelly.features.accounts.admin;

import dev.skelly.event.Audience;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.CommandHandler;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records acts on accounts in the audit log. */
public final class AuditCommandHandlers {

    private final AuditLog audit;

    public AuditCommandHandlers(AuditLog audit) {
        this.audit = audit;
    }

    public List<CommandHandler<?, ?>> commands() {
        return List.of(
                CommandHandler.on("accounts.record-audit-entry", RecordAuditEntry.class, Void.class, this::note));
    }

    private Future<Void> note(Tx tx, RecordAuditEntry command) {
        return switch (command.kind()) {
            case SIGN_IN_FAILED -> audit.noteOften(tx, on(command.account(), "user.sign-in-failed"));
            case EXPORTED -> audit.note(tx, on(command.account(), "user.exported"));
        };
    }

    /** Records an act of the actor of the transaction. */
    public Future<Void> done(Tx tx, UUID account, String act) {
        return audit.note(tx, on(account, act));
    }

    /** Records an act of the person before or without a login. */
    public Future<Void> doneByOwner(Tx tx, UUID account, String act) {
        return audit.note(tx, on(account, act).by(account));
    }

    /** Records an act of the person that any number of requests can repeat. */
    public Future<Void> repeated(Tx tx, UUID account, String act) {
        return audit.noteOften(tx, on(account, act).by(account));
    }

    private static AuditEntry on(@Nullable UUID account, String act) {
        return AuditEntry.on(
                account == null ? null : Audience.user(account), act); // The subject has the same form as the channel.
    }
}
