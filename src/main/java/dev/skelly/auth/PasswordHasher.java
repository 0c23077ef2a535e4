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
 * Hashes passwords with Argon2id, on threads of its own: a run takes some 60-110 ms and 19 MiB, so runs at once and runs waiting are bounded.
 *
 * <p>A password is what it looks like: whether a device writes é as one character or as two makes no difference (Unicode NFC, note 0320).
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
    private final String nobody;

    /** Starts no thread before the first password; they end with {@code vertx}. */
    public PasswordHasher(Vertx vertx, SecurityConfig config) {
        var atOnce =
                config.passwordsAtOnce() == 0 ? Runtime.getRuntime().availableProcessors() : config.passwordsAtOnce();
        this.argon2 = Argon2Function.getInstance(
                config.passwordMemoryKib(), config.passwordIterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
        this.threads = vertx.createSharedWorkerExecutor("skelly-passwords", atOnce);
        this.underwayMax = atOnce + config.passwordsWaitingMax();
        this.nobody = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        config.passwordMemoryKib(),
                        config.passwordIterations(),
                        PARALLELISM,
                        base64(SALT_BYTES),
                        base64(HASH_BYTES));
    }

    /* What no password hashes to: a made-up hash costs the start of a node nothing. */
    private String base64(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The password as it is measured, hashed and compared: each character composed where Unicode has it in one piece (NFC). */
    public static String composed(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** The hash to store, in the PHC string format, with a salt of its own. */
    public Future<String> hash(String password) {
        return run(() -> hashNow(password));
    }

    private String hashNow(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Password.hash(composed(password)).addSalt(salt).with(argon2).getResult();
    }

    /** Whether this is the password that was hashed; false for a stored text that is no Argon2 hash. */
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

    /** Takes as long as {@link #verify} and always answers false: for an address without an account, so that time tells nothing. */
    public Future<Boolean> verifyAgainstNothing(String password) {
        return verify(password, nobody).map(matched -> false);
    }

    /** Whether a stored hash was made with other parameters than the present ones; then hash anew at the next sign-in. */
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
