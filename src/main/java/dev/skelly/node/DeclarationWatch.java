package dev.skelly.node;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.declaration.DeclarationFiles;
import dev.skelly.declaration.DeclarationWatchConfig;
import dev.skelly.event.CurrentEventTypes;
import dev.skelly.event.InvalidEventTypesException;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts changed declarations to use while the node runs. It looks at the files at an interval, on a worker thread, and reads them when two looks in
 * a row saw the same, so that a file that is being written is not read half. Declarations with errors change nothing.
 */
final class DeclarationWatch implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(DeclarationWatch.class);

    private final Path folder;
    private final DeclarationFiles files;
    private final DeclarationWatchConfig config;
    private final Supplier<EventTypeLoader.LoadedTypes> loading;
    private final CurrentEventTypes types;
    private volatile String digest;
    private volatile List<String> faults = List.of();

    // Confined to one look at a time.
    private volatile String used;
    private volatile String seen;
    private volatile boolean existed;
    private volatile boolean looking;

    /**
     * Reads the declarations of the start. Blocks.
     *
     * @param loading reads all declarations; throws {@link InvalidSettingsException}
     * @throws InvalidSettingsException listing every error
     */
    DeclarationWatch(Path folder, DeclarationWatchConfig config, Supplier<EventTypeLoader.LoadedTypes> loading) {
        this.folder = folder;
        this.files = new DeclarationFiles(folder);
        this.config = config;
        this.loading = loading;
        this.existed = files.exist();
        this.used = files.fingerprint(); // Before they are read, so that no change is missed.
        this.seen = used;
        var loaded = loading.get();
        this.digest = loaded.digest();
        this.types = new CurrentEventTypes(loaded.types());
    }

    /** Returns the event types in use. */
    CurrentEventTypes types() {
        return types;
    }

    @Override
    public Future<?> deploy(Context context) {
        if (config.watch()) {
            var vertx = context.owner();
            vertx.setPeriodic(config.watchInterval().toMillis(), tick -> look(vertx));
        }
        return Future.succeededFuture();
    }

    /** Returns the digest of the declarations in use. Safe on any thread. */
    String digest() {
        return digest;
    }

    /** Returns the errors of the files as they are; empty when they are in use. Safe on any thread. */
    List<String> faults() {
        return faults;
    }

    private void look(Vertx vertx) {
        if (looking) {
            return;
        }
        looking = true;
        vertx.executeBlocking(() -> {
                    look();
                    return null;
                })
                .onComplete(looked -> looking = false)
                .onFailure(failure ->
                        LOGGER.atError().setCause(failure).log("the declared event types cannot be watched"));
    }

    /** Looks once. Blocks; not at the same time as another look. */
    void look() {
        var now = files.fingerprint();
        var settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(used)) {
            used = now;
            read();
        }
    }

    private void read() {
        try {
            if (existed && !files.exist()) {
                throw new InvalidSettingsException(List.of(
                        folder + ": is missing (expected: the folder of the start; without it, start the node again)"));
            }
            existed = files.exist();
            use(loading.get());
        } catch (InvalidSettingsException faulty) {
            refuse(faulty.faults());
        } catch (InvalidEventTypesException refused) {
            refuse(refused.faults());
        }
    }

    private void use(EventTypeLoader.LoadedTypes next) {
        if (!next.digest().equals(digest)) {
            types.replace(next.types());
            digest = next.digest();
            LOGGER.atInfo()
                    .addKeyValue("digest", digest)
                    .addKeyValue("types", next.types().types().size())
                    .log("changed event types are in use");
        } else if (!faults.isEmpty()) {
            LOGGER.atInfo().addKeyValue("digest", digest).log("the declared event types have no errors again");
        }
        faults = List.of();
    }

    private void refuse(List<String> errors) {
        faults = List.copyOf(errors);
        LOGGER.atError()
                .addKeyValue("errors", String.join("; ", errors))
                .log("changed event types are refused, the former ones stay in use");
    }
}
