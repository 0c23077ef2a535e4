package dev.skelly.features.transfer;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.CommandContext;
import dev.skelly.eventlog.UndeclaredTypeTable;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.LogAdmin;
import dev.skelly.feature.LogTransfer;
import dev.skelly.feature.Platform;
import io.vertx.core.Future;
import java.security.SecureRandom;

/** Provides the export and import of events (decision note 0223), and the change of the log's epoch. */
public final class TransferFeature implements Feature {

    private final FieldDecryptor decryptor;

    /** Creates the feature. {@code decryptor} decrypts encrypted fields when the operator asks for it. */
    public TransferFeature(FieldDecryptor decryptor) {
        this.decryptor = decryptor;
    }

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var handlers = new TransferCommandHandlers(platform.currentTypes(), platform.audit(), platform.json());
        registry.command("transfer.record-export", RecordExport.class, handlers::note);
        registry.command(
                "transfer.import-events", ImportEvents.class, ImportEvents.ImportedEvents.class, handlers::append);
        registry.query(
                "transfer.find-undeclared-types",
                FindUndeclaredTypes.class,
                FindUndeclaredTypes.UndeclaredNames.class,
                (sql, query) -> UndeclaredTypeTable.find(sql, query.known(), FindUndeclaredTypes.LIMIT)
                        .map(found -> new FindUndeclaredTypes.UndeclaredNames(found.stream()
                                .map(UndeclaredTypeTable.UndeclaredType::type)
                                .toList())));
        registry.command("transfer.change-epoch", ChangeEpoch.class, LogAdmin.EpochChange.class, handlers::changeEpoch);
        registry.service(LogTransfer.class, () -> new EventTransfer(platform, decryptor));
        registry.service(LogAdmin.class, () -> () -> changeEpoch(platform));
    }

    private static Future<LogAdmin.EpochChange> changeEpoch(Platform platform) {
        var epoch = new SecureRandom().nextLong() >>> 2;
        return platform.commands()
                .send(
                        new ChangeEpoch(epoch),
                        CommandContext.byOperator(platform.ids().get()))
                .map(CommandResult::result);
    }
}
