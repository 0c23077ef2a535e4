package dev.skelly.node;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.config.SettingValue;
import dev.skelly.embedded.DataFolder;
import dev.skelly.embedded.PostgresServer;
import dev.skelly.eventlog.Migrations;
import dev.skelly.sandbox.SandboxCopy;
import dev.skelly.sandbox.SandboxFolder;
import dev.skelly.sandbox.SandboxReport;
import dev.skelly.sandbox.SandboxRequest;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares a sandbox: finds the point, makes the folder and its database, and copies. */
public final class SandboxPreparation {

    private static final Logger LOGGER = LoggerFactory.getLogger(SandboxPreparation.class);

    private final Collection<SettingValue> settings;
    private final SandboxRequest request;
    private final Map<String, ClassLoader> migrations;
    private final DatabaseServices original;
    private final SandboxCopy copy;

    private SandboxPreparation(
            Collection<SettingValue> settings,
            SandboxRequest request,
            Map<String, ClassLoader> migrations,
            DatabaseServices original,
            SandboxCopy copy) {
        this.settings = settings;
        this.request = request;
        this.migrations = migrations;
        this.original = original;
        this.copy = copy;
    }

    /**
     * Prepares a sandbox without starting it.
     *
     * @param original settings of the node whose log is copied. Its database is started if it is embedded and does not run
     * @param settings the same, as they are shown
     * @return fails with {@link InvalidSettingsException} listing all errors of the request; after any failure the folder is as before
     */
    public static Future<SandboxReport> run(
            NodeConfig original, Collection<SettingValue> settings, SandboxRequest request) {
        var folder = original.data().dir();
        var faults = request.faults(folder);
        if (original.database().address().isEmpty() && !PostgresServer.exists(folder)) {
            faults.add("data.dir: " + folder + " (expected: a folder with a database, or db.url)");
            return Future.failedFuture(new InvalidSettingsException(faults));
        }
        return Node.once(
                original.forOneCommand(),
                builder -> builder.withDatabase((storage, types) -> {
                    var copy = new SandboxCopy(storage.address(), builder.projectionTables());
                    var preparation =
                            new SandboxPreparation(settings, request, builder.migrationFolders(), storage, copy);
                    return builder.vertx().executeBlocking(() -> preparation.copy(faults));
                }));
    }

    private SandboxReport copy(List<String> faults) {
        var point = copy.point(request.to(), faults);
        var folder = SandboxFolder.create(request.folder());
        try {
            folder.write(settings, request.port(), original.masterKey());
            return new SandboxReport(folder.settings(), point, fill(folder.path(), point));
        } catch (RuntimeException failure) {
            try {
                folder.delete();
            } catch (UncheckedIOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    private long fill(Path folder, long point) {
        try (var data = DataFolder.open(folder);
                var server = new PostgresServer(data, 0, true)) {
            var into = server.start();
            var ran = new Migrations(into.jdbcUrl(), into.user(), into.password()).run(migrations);
            LOGGER.atDebug().addKeyValue("migrations", ran).log("the database of the sandbox is made");
            return copy.run(into, point);
        }
    }
}
