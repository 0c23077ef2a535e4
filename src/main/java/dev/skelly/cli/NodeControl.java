package dev.skelly.cli;

import dev.skelly.auth.ListSigningKeys;
import dev.skelly.auth.RotateSigningKey;
import dev.skelly.config.Settings;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.UndeclaredTypeTable;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.sandbox.SandboxReport;
import dev.skelly.sandbox.SandboxRequest;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Executes the operations of the command line. Each method binds all settings first and throws {@link dev.skelly.config.InvalidSettingsException} with
 * all errors.
 */
public interface NodeControl {

    /** Binds the settings and does nothing else. */
    void check(Settings settings);

    /** Tells where the database is. Starts and reads nothing. */
    DatabasePlace database(Settings settings);

    /** Starts a node. */
    Starting serve(Settings settings);

    /** Reads all event types without starting anything. Returns their names, in the order of declaration. */
    Future<List<String>> checkEvents(Settings settings);

    /**
     * Finds event types that the log holds and that are not declared, by name; none when the settings name no database and no node runs over the
     * data folder. Starts and changes nothing.
     */
    Future<List<UndeclaredTypeTable.UndeclaredType>> undeclaredTypes(Settings settings);

    /** Migrates the tables. Returns how many migrations ran. */
    Future<Integer> migrate(Settings settings);

    /**
     * Uses a service that a feature registers for the command line, through a node without servers that ends afterwards.
     *
     * @param type of the service
     */
    <S, T> Future<T> with(Settings settings, Class<S> type, Function<S, Future<T>> act);

    /** Lists the keys that sign or verify access tokens, newest first. */
    Future<List<ListSigningKeys.SigningKey>> signingKeys(Settings settings);

    /** Rotates the key that signs access tokens. */
    Future<RotateSigningKey.NewSigningKey> rotateSigningKey(Settings settings);

    /**
     * Verifies the hash chain of the log.
     *
     * @param to beyond the newest position means the newest
     * @param sealFile checkpoints against which the log is verified
     */
    Future<VerificationReport> verifyLog(Settings settings, long from, long to, Optional<Path> sealFile);

    /** Appends a checkpoint of the newest event to the checkpoint file; empty when no event has a position yet. */
    Future<Optional<ChainCheckpoint>> sealLog(Settings settings);

    /** Encrypts all keys in the database with the current master key. Returns how many. */
    Future<Integer> rotateMaster(Settings settings);

    /**
     * Copies the database up to a point of the log into a new folder, with settings for a node that has no effect outside. The original is only
     * read.
     */
    Future<SandboxReport> prepareSandbox(Settings settings, SandboxRequest request);

    /** Starts only the embedded servers. Blocks. */
    RunningServices services(Settings settings, Set<Service> which);

    /**
     * Where the database is.
     *
     * @param folder the data folder
     * @param outside the database of {@code db.url}; empty for the embedded one in the data folder
     * @param embeddedPort port of the embedded one; 0 for a free one
     * @param erasureFile file with the ids of erased people
     */
    record DatabasePlace(Path folder, Optional<DatabaseAddress> outside, int embeddedPort, Path erasureFile) {}

    /** A server that is embedded when no external one is configured. */
    enum Service {
        DATABASE,
        BROKER
    }

    /** A node that is starting or running. */
    interface Starting {

        /** Completes when it serves; when it fails, nothing of the node is left running. */
        Future<Running> running();

        /** Returns the limit for the start. */
        Duration timeout();

        /** Returns the limit for the stop. */
        Duration grace();

        /**
         * Stops the node: rejects new requests, closes streams, completes work, closes everything. A node that is still starting stops as far as it
         * has started.
         */
        Future<Void> stop();
    }

    /** A running node. */
    interface Running {

        /** Returns its URL, e.g. {@code http://127.0.0.1:8080}. */
        String url();

        /** Returns messages for the operator, one per line. A link among them may be secret, so they are printed and not logged. */
        List<String> greeting();

        /** Completes with the reason when the node can no longer work correctly and should stop. */
        Future<String> broken();
    }

    /** The embedded servers without a node. */
    interface RunningServices extends AutoCloseable {

        /** Returns the settings with which a node uses them, one {@code key=value} per line, including passwords. */
        String settings();

        /** Completes with the reason when one of them can no longer work correctly. */
        Future<String> broken();

        @Override
        void close();
    }
}
