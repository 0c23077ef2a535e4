package dev.skelly.features.transfer;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.CommandContext;
import dev.skelly.eventlog.StoredRetentionTable;
import dev.skelly.eventlog.UndeclaredTypeTable;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.LogAdmin;
import dev.skelly.feature.LogTransfer;
import dev.skelly.feature.Platform;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Provides the export and import of events (decision notes 0223 and 0417), and the change of the log's epoch. */
public final class TransferFeature implements Feature {

    private final FieldDecryptor decryptor;
    private final Optional<MasterKey> master;

    /**
     * Creates the feature.
     *
     * @param decryptor decrypts encrypted fields when the operator asks for it
     * @param master its keys prove which lines an own export wrote; without one, the log's own key does
     */
    public TransferFeature(FieldDecryptor decryptor, Optional<MasterKey> master) {
        this.master = master;
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
        registry.query(
                "transfer.find-stored-retentions",
                FindStoredRetentions.class,
                FindStoredRetentions.NamedRetentions.class,
                (sql, query) -> StoredRetentionTable.all(sql).map(TransferFeature::named));
        registry.command("transfer.change-epoch", ChangeEpoch.class, LogAdmin.EpochChange.class, handlers::changeEpoch);
        registry.service(LogTransfer.class, () -> new EventTransfer(platform, decryptor, master));
        registry.service(LogAdmin.class, () -> () -> changeEpoch(platform));
    }

    private static FindStoredRetentions.NamedRetentions named(List<StoredRetentionTable.StoredRetention> stored) {
        var byName = new HashMap<String, Duration>();
        stored.forEach(retention -> retention.names().forEach(name -> byName.putIfAbsent(name, retention.period())));
        return new FindStoredRetentions.NamedRetentions(byName);
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
