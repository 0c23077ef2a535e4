package dev.skelly.crypto;

import dev.skelly.crypto.SubjectKeyTable.StoredSubjectKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads, creates and destroys the keys of subjects in the database. Caches none. */
public final class SubjectKeys {

    private static final int REWRAPPED_AT_ONCE = 500;

    private final Optional<MasterKey> master;
    private final SecureRandom random = new SecureRandom();

    public SubjectKeys(Optional<MasterKey> master) {
        this.master = master;
    }

    /** Returns the existing keys. Subjects whose key was destroyed or never created are absent. */
    public Future<Map<String, byte[]>> find(SqlClient sql, Collection<String> subjects) {
        return SubjectKeyTable.find(sql, subjects).map(this::opened);
    }

    private Map<String, byte[]> opened(Map<String, StoredSubjectKey> found) {
        var keys = new HashMap<String, byte[]>();
        found.values().forEach(stored -> open(stored).ifPresent(key -> keys.put(stored.subject(), key)));
        return keys;
    }

    private Optional<byte[]> open(StoredSubjectKey stored) {
        var key = stored.key();
        if (key == null) {
            return Optional.empty();
        }
        if (stored.master().equals(MasterKey.NONE)) {
            return Optional.of(key.getBytes());
        }
        var decryptor = master.orElseThrow(() -> new IllegalArgumentException(
                "security.master-key: empty (expected: the key that encrypted the subjects' keys)"));
        return Optional.of(decryptor.open(key, stored.subject()).getBytes());
    }

    /**
     * Returns the keys of subjects, creating missing ones in the transaction of {@code sql}. Subjects whose key was destroyed are absent.
     */
    Future<Map<String, byte[]>> findOrMake(SqlClient sql, Collection<String> subjects) {
        return SubjectKeyTable.find(sql, subjects).compose(found -> {
            var missing = subjects.stream()
                    .filter(subject -> !found.containsKey(subject))
                    .map(this::make)
                    .toList();
            return missing.isEmpty()
                    ? Future.succeededFuture(opened(found))
                    : SubjectKeyTable.insert(sql, missing).compose(made -> find(sql, subjects));
        });
    }

    private StoredSubjectKey make(String subject) {
        var key = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(key);
        return wrapped(subject, Buffer.buffer(key));
    }

    private StoredSubjectKey wrapped(String subject, Buffer key) {
        return master.map(present -> new StoredSubjectKey(subject, present.seal(key, subject), present.name()))
                .orElseGet(() -> new StoredSubjectKey(subject, key, MasterKey.NONE));
    }

    public Future<Void> destroy(SqlClient sql, String subject) {
        return SubjectKeyTable.destroy(sql, subject);
    }

    /** Encrypts with the current master key all keys that another one, or none, encrypted. Returns how many. Continues where it was interrupted. */
    public Future<Integer> rewrap(SqlClient sql) {
        return rewrap(sql, 0);
    }

    private Future<Integer> rewrap(SqlClient sql, int before) {
        var name = master.map(MasterKey::name).orElse(MasterKey.NONE);
        return SubjectKeyTable.underOthers(sql, name, REWRAPPED_AT_ONCE)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(before)
                        : rewrap(sql, found).compose(done -> rewrap(sql, before + found.size())));
    }

    private Future<Void> rewrap(SqlClient sql, List<StoredSubjectKey> found) {
        return Future.all(found.stream().collect(Collectors.toMap(stored -> stored, this::anew)).entrySet().stream()
                        .map(change -> SubjectKeyTable.replace(sql, change.getKey(), change.getValue()))
                        .toList())
                .mapEmpty();
    }

    private StoredSubjectKey anew(StoredSubjectKey stored) {
        return wrapped(stored.subject(), Buffer.buffer(open(stored).orElseThrow()));
    }
}
