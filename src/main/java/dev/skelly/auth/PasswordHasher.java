package dev.skelly.auth;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes passwords with Argon2id on its own threads. A run takes some 60-110 ms and 19 MiB, so concurrent and waiting runs are bounded.
 *
 * <p>Passwords are normalised (Unicode NFC, note 0320): it makes no difference whether a device writes é as one character or as two.
 *
 * <p>Beyond the bounds every method fails with {@link Problem} 503 at once. Safe on any context; futures complete on the caller's.
 */
public final class PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PARALLELISM = 1;
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Argon2Function argon2;
    private final WorkerExecutor threads;
    private final int underwayMax;
    private final AtomicInteger underway = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    private final String placeholder;

    /** Creates the hasher. Its threads start with the first password and end with {@code vertx}. */
    public PasswordHasher(Vertx vertx, SecurityConfig config) {
        var atOnce =
                config.passwordsAtOnce() == 0 ? Runtime.getRuntime().availableProcessors() : config.passwordsAtOnce();
        this.argon2 = Argon2Function.getInstance(
                config.passwordMemoryKib(), config.passwordIterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
        this.threads = vertx.createSharedWorkerExecutor("skelly-passwords", atOnce);
        this.underwayMax = atOnce + config.passwordsWaitingMax();
        this.placeholder = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        config.passwordMemoryKib(),
                        config.passwordIterations(),
                        PARALLELISM,
                        base64(SALT_BYTES),
                        base64(HASH_BYTES));
    }

    /* A random text that is no password's hash, so that starting a node computes no hash. */
    private String base64(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the password as it is measured, hashed and compared: in Unicode NFC. */
    public static String composed(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** Returns the hash to store, in the PHC string format, with its own salt. */
    public Future<String> hash(String password) {
        return run(() -> hashNow(password));
    }

    private String hashNow(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Password.hash(composed(password)).addSalt(salt).with(argon2).getResult();
    }

    /** Tells whether this is the hashed password; false when the stored text is not an Argon2 hash. */
    public Future<Boolean> verify(String password, String hash) {
        return run(() -> matches(password, hash));
    }

    private static boolean matches(String password, String hash) {
        try {
            return Password.check(composed(password), hash).with(Argon2Function.getInstanceFromHash(hash));
        } catch (BadParametersException e) {
            return false;
        }
    }

    /** Takes as long as {@link #verify} and always returns false: for addresses without an account, so that timing reveals nothing. */
    public Future<Boolean> verifyAgainstNothing(String password) {
        return verify(password, placeholder).map(matched -> false);
    }

    /** Tells whether a stored hash has other parameters than the current ones; then hash again at the next login. */
    public boolean needsRehash(String hash) {
        try {
            return !argon2.equals(Argon2Function.getInstanceFromHash(hash));
        } catch (BadParametersException e) {
            return true;
        }
    }

    private <T> Future<T> run(Callable<T> work) {
        if (underway.incrementAndGet() > underwayMax) {
            underway.decrementAndGet();
            return Future.failedFuture(Problem.unavailable("too many logins at once; try again", BUSY));
        }
        return threads.executeBlocking(work, false).onComplete(ended -> underway.decrementAndGet());
    }
}
