package dev.skelly.auth;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;

/**
 * Hashes passwords with Argon2id on its own threads. A run takes some 60-110 ms and 19 MiB, so concurrent and waiting runs are bounded.
 *
 * <p>Passwords of logins have a lane of their own, because anyone may ask for runs of new passwords, and people who have an account must not wait for
 * those. In each lane, who comes seldom passes those who come all the time (note 0360).
 *
 * <p>Passwords are normalised (Unicode NFC, note 0320): it makes no difference whether a device writes é as one character or as two.
 *
 * <p>Beyond the bounds every method fails with {@link Problem} 503 at once. Safe on any context; futures complete on the caller's.
 */
public final class PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PARALLELISM = 1;

    private final Argon2Function argon2;
    private final HashingLane logins;
    private final HashingLane newPasswords;
    private final SecureRandom random = new SecureRandom();
    private final String placeholder;

    /** Creates the hasher. Its threads start with the first password and end with {@code vertx}. */
    public PasswordHasher(Vertx vertx, SecurityConfig config) {
        var atOnce =
                config.passwordsAtOnce() == 0 ? Runtime.getRuntime().availableProcessors() : config.passwordsAtOnce();
        this.argon2 = Argon2Function.getInstance(
                config.passwordMemoryKib(), config.passwordIterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
        this.logins = new HashingLane(vertx, "skelly-logins", atOnce, config.passwordsWaitingMax());
        this.newPasswords =
                new HashingLane(vertx, "skelly-passwords", Math.max(1, atOnce / 2), config.passwordsWaitingMax());
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

    /** Returns the hash of a new password that the operator sets. */
    public Future<String> hash(String password) {
        return hash(password, "operator");
    }

    /**
     * Returns the hash to store of a new password, in the PHC string format, with its own salt.
     *
     * @param address of the caller
     */
    public Future<String> hash(String password, String address) {
        return newPasswords.run(address, () -> hashNow(password));
    }

    /** Returns the hash like {@link #hash(String, String)}, of a password that was verified: as part of its login. */
    public Future<String> hashAgain(String password, String address) {
        return logins.run(address, () -> hashNow(password));
    }

    private String hashNow(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Password.hash(composed(password)).addSalt(salt).with(argon2).getResult();
    }

    /**
     * Tells whether this is the hashed password; false when the stored text is not an Argon2 hash.
     *
     * @param address of the caller
     */
    public Future<Boolean> verify(String password, String hash, String address) {
        return logins.run(address, () -> matches(password, hash));
    }

    private static boolean matches(String password, String hash) {
        try {
            return Password.check(composed(password), hash).with(Argon2Function.getInstanceFromHash(hash));
        } catch (BadParametersException e) {
            return false;
        }
    }

    /** Returns a text that is stored as the hash of an account without a password: {@link #verify} takes as long with it, and is always false. */
    public String unset() {
        return placeholder;
    }

    /** Takes as long as {@link #verify} and always returns false: for addresses without an account, so that timing reveals nothing. */
    public Future<Boolean> verifyAgainstNothing(String password, String address) {
        return verify(password, placeholder, address).map(matched -> false);
    }

    /** Tells whether a stored hash has other parameters than the current ones; then hash again at the next login. */
    public boolean needsRehash(String hash) {
        try {
            return !argon2.equals(Argon2Function.getInstanceFromHash(hash));
        } catch (BadParametersException e) {
            return true;
        }
    }
}
