package dev.skelly.cli;

import dev.skelly.auth.ListSigningKeys;
import dev.skelly.config.Settings;
import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.feature.UserAdmin;
import dev.skelly.features.signingkeys.RotateSigningKey;
import dev.skelly.features.transfer.EventTransfer;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the command line drives. Each method binds all settings first and throws {@link dev.skelly.config.InvalidSettings} with every fault
 * found.
 */
public interface NodeControl {

    /** Only binds the settings. */
    void check(Settings settings);

    /** Begins to start a node. */
    Starting serve(Settings settings);

    /** Reads all event types without starting anything; their names, in the order of declaration. */
    Future<List<String>> checkEvents(Settings settings);

    /** Brings the tables up to date; says how many migrations ran. */
    Future<Integer> migrate(Settings settings);

    /** Looks after people, through a node that serves nobody and ends afterwards. */
    <T> Future<T> withPeople(Settings settings, Function<UserAdmin, Future<T>> act);

    /** Takes events out of the log, or puts some in, through a node that serves nobody and ends afterwards. */
    <T> Future<T> withLog(Settings settings, Function<EventTransfer, Future<T>> act);

    /** The keys that sign or verify access tokens, newest first. */
    Future<List<ListSigningKeys.SigningKey>> signingKeys(Settings settings);

    /** Has another key sign access tokens. */
    Future<RotateSigningKey.NewSigningKey> rotateSigningKey(Settings settings);

    /**
     * Walks along the chain of the log.
     *
     * @param to beyond the newest position means the newest
     * @param sealFile seals to hold the log against
     */
    Future<VerificationReport> verifyLog(Settings settings, long from, long to, Optional<Path> sealFile);

    /** Notes the head of the chain in the file of seals; empty when nothing is stamped yet. */
    Future<Optional<ChainCheckpoint>> sealLog(Settings settings);

    /** Seals every key in the database under the present master key; says how many there were to do. */
    Future<Integer> rotateMaster(Settings settings);

    /** Starts the embedded servers alone. Blocks. */
    RunningServices services(Settings settings, Set<Service> which);

    /** A server that is embedded where no other is named. */
    enum Service {
        DATABASE,
        BROKER
    }

    /** A node that serves, or will. */
    interface Starting {

        /** Completes when it serves; a failed future means that nothing of it is left running. */
        Future<Running> running();

        /** How long that may take. */
        Duration timeout();

        /** How long the end may take. */
        Duration grace();

        /**
         * Ends it: no new requests, streams told, work settled, everything closed. One that does not serve yet ends as far as it has come, and
         * never will.
         */
        Future<Void> stop();
    }

    /** A node that serves. */
    interface Running {

        /** Where it listens, e.g. {@code http://127.0.0.1:8080}. */
        String url();

        /** What to tell whoever started it, a line each; a link among them may be a secret, so they are printed and not logged. */
        List<String> greeting();

        /** Completes with the reason when the node can no longer keep its promises and should end. */
        Future<String> broken();
    }

    /** The embedded servers without a node. */
    interface RunningServices extends AutoCloseable {

        /** Settings, one {@code key=value} a line, with which a node uses them; passwords among them. */
        String settings();

        /** Completes with the reason when one of them can no longer keep its promises. */
        Future<String> broken();

        @Override
        void close();
    }
}
